/** A line to a controller, wherever that runs: text both ways. */

export type Ears = Readonly<{
  opened(): void;
  heard(text: string): void;
  closed(): void;
  /** It will not come back by itself; why. */
  failed?(why: string): void;
}>;
export type Channel = Readonly<{
  /** False where there is no line. */
  send(text: string): boolean;
}>;
export type Connect = (ears: Ears) => Channel;

const againMs = { least: 250, most: 4000 };

/** A socket that is opened again, ever less often, whenever it is lost. */
export const socketTo =
  (address: string): Connect =>
  ears => {
    let waitMs = againMs.least;
    let socket: WebSocket;
    const open = (): void => {
      socket = new WebSocket(address);
      socket.addEventListener('open', () => {
        waitMs = againMs.least;
        ears.opened();
      });
      socket.addEventListener('message', event => ears.heard(String(event.data)));
      socket.addEventListener('close', () => {
        ears.closed();
        setTimeout(open, waitMs);
        waitMs = Math.min(againMs.most, waitMs * 2);
      });
    };
    open();
    return {
      send: text => {
        if (socket.readyState !== WebSocket.OPEN) return false;
        socket.send(text);
        return true;
      },
    };
  };
