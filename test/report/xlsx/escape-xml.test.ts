import { expect, it } from 'vitest';
import { escapeXml } from '../../../src/report/xlsx/escape-xml.js';

it.each([
  ['a<b>&"c\'', "a&lt;b&gt;&amp;&quot;c'"],
  ['a\u001b\u0000b', 'a_x001B__x0000_b'],
  ['\ud800x\ufffe', '_xD800_x_xFFFE_'],
  ['_x0041_', '_x005F_x0041_'],
  ['🙂', '🙂'],
])('writes %j as %j', (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});
