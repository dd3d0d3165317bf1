import { useLanguage } from "../i18n";
import { presence } from "../api/session";
import { useStore } from "../store";
import { ChoosePassword } from "./ChoosePassword";
import { Shell } from "./Shell";
import { SignIn, SignInAgain } from "./SignIn";

export function App() {
  useLanguage();
  const now = useStore(presence);
  if (now.state === "unknown") return null;
  if (now.state === "out") return <SignIn />;
  const isLost = now.state === "lost";
  return (
    <>
      <div hidden={isLost}>{now.session.must_change_password ? <ChoosePassword /> : <Shell key={now.session.name} session={now.session} />}</div>
      {isLost && <SignInAgain name={now.session.name} />}
    </>
  );
}
