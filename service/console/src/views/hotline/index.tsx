import type { ViewProps } from "../../app/views";
import { CasePage } from "./CasePage";
import { Desk } from "./Desk";
import { NewCase } from "./NewCase";
import "./hotline.css";

/** The desk: #/hotline is the queue, #/hotline/new a case that is told by telephone, #/hotline/CODE a case. */
export default function Hotline({ path }: ViewProps) {
  const [first] = path;
  if (first === undefined) return <Desk />;
  return first === "new" ? <NewCase /> : <CasePage key={first} code={first} />;
}
