import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import { ErrorNotice } from "./Notice";
import type { Query } from "./useQuery";

/** What a query holds: it is loading, it failed, or `children` with its data. Old data stays while new is fetched. */
export function Loaded<T>({ of: query, children }: { of: Query<T>; children: (data: T) => ComponentChildren }) {
  if (query.data === undefined) {
    if (query.error) return <ErrorNotice error={query.error} retry={query.reload} />;
    return <p class="soft">{t("ui.loading")}</p>;
  }
  return (
    <>
      {query.error && <ErrorNotice error={query.error} retry={query.reload} />}
      {children(query.data)}
    </>
  );
}
