// The minutes and seconds that are left until an instant; nothing but its children once it has passed.
import { useEffect, useState } from "react";

export function Countdown({ until, children, ...rest }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const left = Math.ceil((Date.parse(until) - now) / 1000);
  if (!(left > 0)) return children;
  const shown = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return <time {...rest} dateTime={`PT${left}S`} role="timer">{shown}</time>;
}
