import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number. @throws InvalidArgumentError, which commander prints with the option's name */
export function wholeNumber(from: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < from)
      throw new InvalidArgumentError(`expected a whole number from ${from}, received "${text}"`);
    return value;
  };
}
