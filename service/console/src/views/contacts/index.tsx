import { useState } from "preact/hooks";
import { get, post } from "../../api/client";
import { may } from "../../api/session";
import { PageHead } from "../../app/PageHead";
import { t } from "../../i18n";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Field } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { Table } from "../../ui/Table";
import { usePages } from "../../ui/useQuery";
import { Import } from "./Import";

const pageRows = 100;

export default function Contacts() {
  return (
    <>
      <PageHead title={t("nav.contacts")} />
      <div class="stack wide">
        <OptOut />
        {may("listContacts") && <Search />}
        {may("importContacts") && <Import />}
      </div>
    </>
  );
}

/** Somebody told us that they want no more campaigns. */
function OptOut() {
  const [phone, setPhone] = useState("");
  return (
    <section class="panel stack narrow" aria-labelledby="opt-out">
      <h2 id="opt-out">{t("contacts.optOut")}</h2>
      <Field label={t("contacts.phone")} hint={t("contacts.optOut.hint")} inputMode="tel" autocomplete="off" value={phone} onValue={setPhone} />
      <div>
        <ConfirmButton
          label={t("contacts.optOut.do")}
          disabled={phone.trim() === ""}
          title={t("contacts.optOut.ask", { phone: phone.trim() })}
          confirm={t("contacts.optOut.do")}
          action={async () => {
            await post("/api/v1/contacts/{phone}/opt-out", { path: { phone: phone.trim() } });
            setPhone("");
          }}
          done={t("contacts.optOut.done")}
        >
          <p>{t("contacts.optOut.what")}</p>
        </ConfirmButton>
      </div>
    </section>
  );
}

function Search() {
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  const contacts = usePages((cursor, signal) => get("/api/v1/contacts", { query: { limit: pageRows, ...(query && { query }), ...(cursor ? { cursor } : {}) }, signal }), [query]);
  return (
    <section class="stack" aria-labelledby="search">
      <h2 id="search">{t("contacts.search")}</h2>
      <form
        class="row"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setQuery(typed.trim());
        }}
      >
        <Field label={t("contacts.query")} hint={t("contacts.query.hint")} type="search" value={typed} onValue={setTyped} />
        <Button type="submit">{t("contacts.find")}</Button>
      </form>
      <Loaded of={contacts}>
        {(rows) => (
          <Table
            caption={t("contacts.search")}
            rows={rows}
            rowKey={(one) => one.id}
            empty={t("contacts.none")}
            columns={[
              { key: "name", title: t("contacts.name"), heads: true, cell: (one) => <bdi>{one.name || "–"}</bdi> },
              { key: "phone", title: t("contacts.phone"), cell: (one) => <span class="numeric">{one.phone}</span> },
              { key: "unit", title: t("contacts.unit"), cell: (one) => one.unit ?? "–" },
              { key: "groups", title: t("contacts.groups"), cell: (one) => one.groups.join(", ") || "–" },
              { key: "out", title: t("contacts.state"), cell: (one) => (one.opted_out ? <Badge tone="high">{t("contacts.optedOut")}</Badge> : "–") },
            ]}
          />
        )}
      </Loaded>
      {contacts.hasMore && (
        <div>
          <Button busy={contacts.loading} onClick={contacts.more}>
            {t("contacts.more")}
          </Button>
        </div>
      )}
    </section>
  );
}
