import { InvalidArgumentError } from 'commander';

/** Reads one `name=file` and adds it to those before. */
export function namedFile(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)$/.exec(text);
  const [, name = '', file = ''] = match ?? [];
  if (!match) throw new InvalidArgumentError('it must be a name and a file: corp=corp-root.pem.');
  if (name in before) throw new InvalidArgumentError(`there are two trust stores called ${name}.`);
  if (name === 'mozilla') throw new InvalidArgumentError('mozilla is built in: choose another name.');
  return { ...before, [name]: file };
}
