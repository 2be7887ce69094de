/** Most code runs once or twice: only what runs much longer is worth compiling to fast machine code. */
export const RARE_OPTIMIZER = '--interrupt-budget=1000000';
