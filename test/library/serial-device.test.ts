import { once } from 'node:events';
import { SerialPort } from 'serialport';
import { firmwareHex, openSerialDevice, triedUno } from 'tactus-pacer/emulated-uno';
import { expect, test } from 'vitest';

test('any program finds the emulated board behind the path of a serial device', async () => {
  const device = await openSerialDevice(triedUno(firmwareHex()));
  const port = new SerialPort({ path: device.path, baudRate: 57_600 });
  // A board that speaks Firmata says its version first.
  const [said] = await once(port, 'data');
  expect(said[0]).toBe(0xf9);
  port.close();
  await once(port, 'close');
  device.close();
});
