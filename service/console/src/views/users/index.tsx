import { useState } from "preact/hooks";
import { get, post, type Schemas } from "../../api/client";
import { currentSession } from "../../api/session";
import { roles } from "../../api/roles.gen";
import { PageHead } from "../../app/PageHead";
import { t } from "../../i18n";
import { formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Dialog } from "../../ui/Dialog";
import { Field, Select } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { ErrorNotice } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useAction } from "../../ui/useAction";
import { usePages, useQuery } from "../../ui/useQuery";
import { Tokens } from "./Tokens";

type User = Schemas["User"];
/** What is shown this once. */
export interface Secret {
  title: string;
  secret: string;
}

export default function Users() {
  const users = usePages((cursor, signal) => get("/api/v1/users", { query: { limit: 200, ...(cursor ? { cursor } : {}) }, signal }), []);
  const [secret, setSecret] = useState<Secret | null>(null);
  return (
    <>
      <PageHead title={t("nav.users")} />
      <div class="stack wide">
        <Add
          done={(user) => {
            users.reload();
            if (user.password) setSecret({ title: t("users.password.of", { name: user.name }), secret: user.password });
          }}
        />
        <Loaded of={users}>
          {(rows) => (
            <Table
              caption={t("nav.users")}
              rows={rows}
              rowKey={(one) => one.name}
              empty={t("ui.nothing")}
              columns={[
                { key: "name", title: t("users.name"), heads: true, cell: (one) => one.name },
                { key: "role", title: t("users.role"), cell: (one) => t(`role.${one.role}`) },
                { key: "factor", title: t("users.factor"), cell: (one) => (one.second_factor ? t("users.yes") : t("users.no")) },
                { key: "seen", title: t("users.signedIn"), cell: (one) => (one.signed_in_at ? formatWhen(one.signed_in_at) : t("users.never")) },
                { key: "state", title: t("users.state"), cell: (one) => (one.disabled ? <Badge tone="high">{t("users.disabled")}</Badge> : one.must_change_password ? <Badge>{t("users.oneTime")}</Badge> : "–") },
                { key: "do", title: t("users.do"), cell: (one) => <Deeds one={one} done={users.reload} onSecret={setSecret} /> },
              ]}
            />
          )}
        </Loaded>
        <Tokens onSecret={setSecret} />
      </div>
      {secret && (
        <Dialog title={secret.title} onClose={() => setSecret(null)} actions={<Button kind="primary" onClick={() => setSecret(null)}>{t("users.secret.kept")}</Button>}>
          <p>{t("users.secret.once")}</p>
          <code class="citizen">{secret.secret}</code>
        </Dialog>
      )}
    </>
  );
}

function Add({ done }: { done: (user: User) => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<User["role"]>("counsellor");
  const [facility, setFacility] = useState("");
  const facilities = useQuery(async (signal) => (role === "facility" ? (await get("/api/v1/facilities", { query: { limit: 1000 }, signal })).items.map((one) => one.name) : []), [role]);
  const chosen = facility || (facilities.data?.[0] ?? "");
  const add = useAction(
    async () => {
      const made = await post("/api/v1/users", { body: { name: name.trim(), role, ...(role === "facility" && { facility: chosen }) }, repeatable: false });
      setName("");
      done(made);
    },
    { done: t("users.added") },
  );
  return (
    <form
      class="panel stack narrow"
      aria-labelledby="add"
      onSubmit={(event) => {
        event.preventDefault();
        void add.run();
      }}
    >
      <h2 id="add">{t("users.add")}</h2>
      <Field label={t("users.name")} hint={t("users.name.hint")} autocomplete="off" value={name} onValue={setName} fault={add.fault("name")} />
      <Select label={t("users.role")} value={role} onValue={setRole} choices={roles.map((value) => ({ value, label: t(`role.${value}`) }))} />
      {role === "facility" && <Select label={t("users.facility")} value={chosen} onValue={setFacility} choices={(facilities.data ?? []).map((value) => ({ value, label: value }))} />}
      {add.error && <ErrorNotice error={add.error} />}
      <div>
        <Button kind="primary" type="submit" busy={add.busy}>
          {t("users.add.do")}
        </Button>
      </div>
    </form>
  );
}

function Deeds({ one, done, onSecret }: { one: User; done: () => void; onSecret: (secret: Secret) => void }) {
  if (one.name === currentSession()?.name) return <span class="soft">{t("users.you")}</span>;
  return (
    <span class="row">
      <ConfirmButton
        label={t("users.reset")}
        title={t("users.reset.ask", { name: one.name })}
        confirm={t("users.reset")}
        action={async () => {
          const made = await post("/api/v1/users/{name}/reset", { path: { name: one.name }, body: {}, repeatable: false });
          done();
          if (made.password) onSecret({ title: t("users.password.of", { name: one.name }), secret: made.password });
        }}
      >
        <p>{t("users.reset.what")}</p>
      </ConfirmButton>
      {one.disabled ? (
        <ConfirmButton
          label={t("users.enable")}
          title={t("users.enable.ask", { name: one.name })}
          confirm={t("users.enable")}
          action={async () => {
            await post("/api/v1/users/{name}/enable", { path: { name: one.name } });
            done();
          }}
        />
      ) : (
        <ConfirmButton
          kind="danger"
          label={t("users.disable")}
          title={t("users.disable.ask", { name: one.name })}
          confirm={t("users.disable")}
          action={async () => {
            await post("/api/v1/users/{name}/disable", { path: { name: one.name } });
            done();
          }}
        >
          <p>{t("users.disable.what")}</p>
        </ConfirmButton>
      )}
    </span>
  );
}
