/** Rows as lines: the first column to the left, the others to the right, where numbers belong. */
export function alignedTable(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? String(cell).padEnd(widths[0]!) : String(cell).padStart(widths[column]!),
      )
      .join('  '),
  );
}
