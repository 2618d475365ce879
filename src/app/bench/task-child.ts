/** Asks a process of its own to measure something: see child.ts. */
import * as v from 'valibot';
import type { Child, Children } from './children.ts';
import type { Task } from './tasks.ts';

/** Resolves once it has loaded all it needs, and waits. */
export async function beginTask(children: Children, task: Task, withinMs = 30_000): Promise<Child> {
  const child = children.task(task);
  await children.line(child, /^ready$/, withinMs);
  return child;
}

/** From now on it measures. */
export function letMeasure(child: Child): void {
  child.stdin.write('go\n');
}

/** What it answers, as this schema has it. Rejects where it ends without, or says something else. */
export async function measuredIn<Schema extends v.GenericSchema>(
  children: Children,
  child: Child,
  schema: Schema,
  withinMs: number,
): Promise<v.InferOutput<Schema>> {
  return v.parse(schema, JSON.parse(await children.line(child, /^[[{n]/, withinMs)));
}

/** All of it in one: started, measured, ended. */
export async function measuredBy<Schema extends v.GenericSchema>(
  children: Children,
  task: Task,
  schema: Schema,
  withinMs: number,
): Promise<v.InferOutput<Schema>> {
  const child = await beginTask(children, task);
  try {
    const answer = measuredIn(children, child, schema, withinMs);
    letMeasure(child);
    return await answer;
  } finally {
    await children.end(child, 'SIGKILL');
  }
}
