import type { ComponentChildren } from "preact";
import "./table.css";

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ComponentChildren;
  /** Aligned to the right. */
  numeric?: boolean;
  /** Heads its row; one column of a table. */
  heads?: boolean;
}

/** A table with a name; on a phone each row is a card. Roles are written out, for the cards' layout takes them away. */
export function Table<T>({ caption, showCaption = false, columns, rows, rowKey, empty }: { caption: string; showCaption?: boolean; columns: readonly Column<T>[]; rows: readonly T[]; rowKey: (row: T) => string; empty: string }) {
  if (rows.length === 0) return <p class="soft">{empty}</p>;
  return (
    <table class="table" role="table">
      <caption class={showCaption ? "" : "only-read"}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} scope="col" role="columnheader" class={column.numeric ? "number" : ""}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => {
              const about = { "data-title": column.title, class: column.numeric ? "number" : "" };
              return column.heads ? (
                <th key={column.key} scope="row" role="rowheader" {...about}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} role="cell" {...about}>
                  {column.cell(row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
