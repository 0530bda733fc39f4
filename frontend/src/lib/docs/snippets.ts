// What a bot begins with.

/** The three lines that sign in with an API key and show that it worked. */
export function pythonSnippet(origin: string, apiKey: string): string {
  return [
    'from exchange import Exchange',
    `ex = Exchange.connect("${origin}", api_key="${apiKey}")`,
    'print(ex.available)',
  ].join('\n');
}

/** History as a table, by the same key. */
export function pandasSnippet(origin: string, slug: string): string {
  return [
    'import pandas',
    'trades = pandas.read_csv(',
    `    "${origin}/api/rooms/${slug}/trades.csv?market=1",`,
    '    storage_options={"Authorization": "Bearer " + api_key},',
    '    parse_dates=["time"],',
    ')',
  ].join('\n');
}
