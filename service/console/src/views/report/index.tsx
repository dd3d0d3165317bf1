import { useState } from "preact/hooks";
import { addressOf, getResponse } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { t, useLanguage } from "../../i18n";
import { isoDay } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { Field, Radios, Select } from "../../ui/Field";
import { ErrorNotice } from "../../ui/Notice";
import { useAction } from "../../ui/useAction";

type Format = "html" | "xlsx";
type Interval = "month" | "week";
const dayMs = 86_400_000;

/** The agency's report: sums of campaigns and of cases, in which no small number gives anybody away. */
export default function Report() {
  const now = Date.now();
  const language = useLanguage();
  const [from, setFrom] = useState(isoDay(now - 30 * dayMs));
  const [to, setTo] = useState(isoDay(now + dayMs));
  const [format, setFormat] = useState<Format>("html");
  const [interval, setInterval] = useState<Interval>("week");
  const make = useAction(
    async () => {
      const answer = await getResponse(addressOf("/api/v1/report", { query: { from, to, format, interval, language } }));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `${t("report.file")}-${from}-${to}.${format}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
    { done: t("report.done") },
  );
  return (
    <>
      <PageHead title={t("nav.report")} />
      <form
        class="panel stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        <p class="soft">{t("report.what")}</p>
        <Field label={t("report.from")} type="date" value={from} onValue={setFrom} fault={make.fault("from")} />
        <Field label={t("report.to")} hint={t("report.to.hint")} type="date" value={to} onValue={setTo} fault={make.fault("to")} />
        <Select label={t("report.interval")} value={interval} onValue={setInterval} choices={(["week", "month"] as const).map((value) => ({ value, label: t(`report.interval.${value}`) }))} />
        <Radios label={t("report.format")} value={format} onValue={setFormat} choices={(["html", "xlsx"] as const).map((value) => ({ value, label: t(`report.format.${value}`) }))} />
        {make.error && <ErrorNotice error={make.error} />}
        <div>
          <Button kind="primary" type="submit" busy={make.busy}>
            {t("report.make")}
          </Button>
        </div>
      </form>
    </>
  );
}
