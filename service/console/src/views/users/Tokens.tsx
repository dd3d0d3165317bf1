import { useState } from "preact/hooks";
import { get, post, type Schemas } from "../../api/client";
import { roles } from "../../api/roles.gen";
import { t } from "../../i18n";
import { formatWhen } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Checkbox, Field, Select } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { ErrorNotice } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useAction } from "../../ui/useAction";
import { usePages } from "../../ui/useQuery";
import type { Secret } from ".";

type Role = Schemas["Token"]["role"];

/** Keys of programs: each with the rights of a role, or to look only. */
export function Tokens({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const tokens = usePages((cursor, signal) => get("/api/v1/tokens", { query: { limit: 200, ...(cursor ? { cursor } : {}) }, signal }), []);
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("observer");
  const [readsOnly, setReadsOnly] = useState(true);
  const make = useAction(async () => {
    const made = await post("/api/v1/tokens", { body: { name: name.trim(), role, reads_only: readsOnly, days: 0 }, repeatable: false });
    setName("");
    tokens.reload();
    if (made.token) onSecret({ title: t("users.token.of", { name: made.name }), secret: made.token });
  });
  return (
    <section class="stack" aria-labelledby="tokens">
      <h2 id="tokens">{t("users.tokens")}</h2>
      <p class="soft narrow">{t("users.tokens.what")}</p>
      <Loaded of={tokens}>
        {(rows) => (
          <Table
            caption={t("users.tokens")}
            rows={rows}
            rowKey={(one) => one.name}
            empty={t("users.tokens.none")}
            columns={[
              { key: "name", title: t("users.token.name"), heads: true, cell: (one) => one.name },
              { key: "role", title: t("users.role"), cell: (one) => `${t(`role.${one.role}`)}${one.reads_only ? `, ${t("users.readsOnly")}` : ""}` },
              { key: "ends", title: t("users.ends"), cell: (one) => (one.expires_at ? formatWhen(one.expires_at) : t("users.never.ends")) },
              {
                key: "do",
                title: t("users.do"),
                cell: (one) => (
                  <ConfirmButton
                    kind="danger"
                    label={t("users.revoke")}
                    title={t("users.revoke.ask", { name: one.name })}
                    confirm={t("users.revoke")}
                    action={async () => {
                      await post("/api/v1/tokens/{name}/revoke", { path: { name: one.name } });
                      tokens.reload();
                    }}
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <form
        class="panel stack narrow"
        aria-label={t("users.token.make")}
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        <Field label={t("users.token.name")} autocomplete="off" value={name} onValue={setName} fault={make.fault("name")} />
        <Select label={t("users.role")} value={role} onValue={setRole} choices={roles.filter((value) => value !== "facility").map((value) => ({ value, label: t(`role.${value}`) }))} />
        <Checkbox label={t("users.readsOnly.check")} checked={readsOnly} onValue={setReadsOnly} />
        {make.error && <ErrorNotice error={make.error} />}
        <div>
          <Button type="submit" busy={make.busy}>
            {t("users.token.make")}
          </Button>
        </div>
      </form>
    </section>
  );
}
