import type { ViewProps } from "../../app/views";
import { CampaignPage } from "./CampaignPage";
import { Editor } from "./Editor";
import { List } from "./List";
import "./campaigns.css";

/** #/campaigns is the list, #/campaigns/new a new one, #/campaigns/ID one of them. */
export default function Campaigns({ path }: ViewProps) {
  const [first] = path;
  if (first === undefined) return <List />;
  return first === "new" ? <Editor /> : <CampaignPage key={first} id={first} />;
}
