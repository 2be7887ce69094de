/** Whether V8 counts the bytes of code that ran, as in Node.js 20, and not calls. */
const countsBytes = Number.parseInt(process.versions.v8, 10) < 12;

/** Most code runs once or twice: only what runs much longer is worth compiling to fast machine code. */
export const RARE_OPTIMIZER = countsBytes ? '--interrupt-budget=1000000' : '--invocation-count-for-turbofan=45000';
