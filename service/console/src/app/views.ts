import type { ComponentType } from "preact";
import { currentSession, may, type Operation, type Role } from "../api/session";
import type { Key } from "../i18n";

/** What a view gets: the address behind its name. */
export interface ViewProps {
  path: readonly string[];
  query: URLSearchParams;
}

export interface View {
  name: string;
  label: Key;
  /** The call without which it makes no sense; whoever may not make it does not see it. */
  needs: Operation;
  /** For these only, where the call is open to more than the view is made for. */
  roles?: readonly Role[];
  /** Only where a gateway is a sandbox. */
  sandbox?: true;
  load: () => Promise<{ default: ComponentType<ViewProps> }>;
}

/** In the order of the navigation; the first that is allowed is where one begins. */
export const views: readonly View[] = [
  { name: "today", label: "nav.today", needs: "showStatus", load: () => import("../views/today") },
  { name: "hotline", label: "nav.hotline", needs: "listCases", load: () => import("../views/hotline") },
  { name: "referrals", label: "nav.referrals", needs: "listReferrals", load: () => import("../views/referrals") },
  { name: "campaigns", label: "nav.campaigns", needs: "listCampaigns", load: () => import("../views/campaigns") },
  { name: "contacts", label: "nav.contacts", needs: "optContactOut", load: () => import("../views/contacts") },
  { name: "directory", label: "nav.directory", needs: "listFacilities", load: () => import("../views/directory") },
  { name: "gateways", label: "nav.gateways", needs: "listGateways", roles: ["administrator", "counsellor"], load: () => import("../views/gateways") },
  { name: "report", label: "nav.report", needs: "report", load: () => import("../views/report") },
  { name: "phones", label: "nav.phones", needs: "playText", sandbox: true, load: () => import("../views/phones") },
  { name: "audit", label: "nav.audit", needs: "listJournal", load: () => import("../views/audit") },
  { name: "users", label: "nav.users", needs: "listUsers", load: () => import("../views/users") },
  { name: "settings", label: "nav.settings", needs: "showSession", load: () => import("../views/settings") },
];

/** Those of who is signed in. `hasSandbox`: whether a gateway is one, as far as is known. */
export function allowedViews(hasSandbox: boolean): View[] {
  const session = currentSession();
  return views.filter((view) => session && may(view.needs) && (!view.roles || view.roles.includes(session.role)) && (!view.sandbox || hasSandbox));
}
