/** One cell as LibreOffice understood it. */
export interface FlatCell {
  /** `string`, `float`, `date` ...; null: empty. */
  readonly type: string | null;
  /** The value of a date or number, else the text. */
  readonly value: string;
  readonly isFormula: boolean;
}

/** Reads the sheets of a Flat XML ODF Spreadsheet by name, repeated cells written out, trailing empty ones left out. */
export function readFlatSheets(xml: string): Map<string, FlatCell[][]> {
  const sheets = new Map<string, FlatCell[][]>();
  for (const [, name = '', content = ''] of xml.matchAll(
    /<table:table table:name="([^"]*)".*?>(.*?)<\/table:table>/gs,
  )) {
    const rows = [...content.matchAll(/<table:table-row\b.*?(?:\/>|>(.*?)<\/table:table-row>)/gs)];
    sheets.set(
      name,
      rows.map(([, row = '']) => readCells(row)).filter((row) => row.length > 0),
    );
  }
  return sheets;
}

function readCells(row: string): FlatCell[] {
  const cells: FlatCell[] = [];
  for (const [, attributes = '', content = ''] of row.matchAll(
    /<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs,
  )) {
    const read = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
    const text = decodeEntities(content.replace(/<[^>]*>/g, '').trim());
    const cell: FlatCell = {
      type: read('office:value-type') ?? null,
      value: read('office:date-value') ?? read('office:value') ?? text,
      isFormula: read('table:formula') !== undefined,
    };
    const repeated = Number(read('table:number-columns-repeated') ?? 1);
    if (cell.type !== null || repeated < 100) for (let i = 0; i < repeated; i += 1) cells.push(cell);
  }
  while (cells.at(-1)?.type === null) cells.pop();
  return cells;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
