/** What Vite makes of imports with a query: the file's text. */
declare module '*?inline' {
  const text: string;
  export default text;
}
declare module '*?raw' {
  const text: string;
  export default text;
}
declare module '*?worker&url' {
  const address: string;
  export default address;
}
