/** Which files of the sketch are written from other sources, and their whole text. */

import { cueTableHeader, cueTableSource } from './alone/cues.ts';
import { keepContractHeader } from './alone/keep.ts';
import { boundsHeader, namesHeader } from './alone/names.ts';
import { flashRoutinesHeader, flashRoutinesSource } from './alone/routines.ts';
import { actionsHeader, guardsHeader, tablesHeader, tablesSource } from './alone/tables.ts';
import { tracePortHeader } from './alone/trace-port.ts';
import { contractHeader } from './contract.ts';

export const generatedFiles: Readonly<Record<string, () => string>> = {
  'contract.h': contractHeader,
  'src/alone/names.h': namesHeader,
  'src/alone/bounds.h': boundsHeader,
  'src/alone/tables.h': tablesHeader,
  'src/alone/tables.cpp': tablesSource,
  'src/alone/guards.h': guardsHeader,
  'src/alone/actions.h': actionsHeader,
  'src/alone/cue_table.h': cueTableHeader,
  'src/alone/cue_table.cpp': cueTableSource,
  'src/alone/keep_contract.h': keepContractHeader,
  'src/alone/flash_routines.h': flashRoutinesHeader,
  'src/alone/flash_routines.cpp': flashRoutinesSource,
  'src/alone/trace_port.h': tracePortHeader,
};
