// A message centre for tests, by another hand than ours: npm `smpp` reads and writes. It misbehaves on command.
//   node smpp_centre.mjs [KEY CERTIFICATE] < COMMANDS > EVENTS
// With a key and a certificate (PEM files) it speaks TLS.
// Both are one JSON object a line. Commands: {do: "set", ...settings}, {do: "deliver", ...}, {do: "enquire"},
// {do: "unbind"}, {do: "hang_up"}, {do: "raw", hex}; each is answered {event: "done", of: id}. It listens on a port of
// its own on the loopback: {event: "listening", port}. It ends with its standard input.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../build/e2e/package.json", import.meta.url));
const smpp = require("smpp");

const OK = 0;
const UDHI = 0x40;
const RECEIPT = 0x04;
const SUBMIT_SM_RESP = 0x80000004;
const AGAIN_MS = 200;
const MERGED_MS = 30; // how long writes are gathered into one packet

const settings = {
  password: "secret",
  bind_status: OK,
  answers: true, // to submit_sm
  alive: true, // answers enquire_link
  body: true, // of submit_sm_resp
  statuses: [], // of the next answers to submit_sm; OK after
  hold: 0, // so many submit_sm are gathered before the first is answered...
  answered: 0, // ...then so many answered...
  held_then: "cut", // ...and the connection is cut | or unbind stands before the answers
  answer_ids: "decimal", // decimal | hex
  receipt_ids: "decimal",
  receipts: "after", // none | after | before the answer
  receipt_form: "text", // text | tlv | data_sm, with parameters alone as well
  stat: "DELIVRD",
  receipt_session: "any", // or receiver: only on a session that was bound as one
  lose_answers: false, // a deliver_sm_resp is not heard, and the connection is cut
  writing: "whole", // whole | bytes: one octet a packet | merged: many PDUs in one packet
};

const sessions = [];
const undelivered = new Map(); // number -> {pdu, tries}: given again on every new connection until it is answered
const gathering = new Map(); // parts of long texts that were taken
let held = [];
let lastId = 0x5a00_0a00;
let lastDeliver = 0;

const tell = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);

/** Writes as `settings.writing` says, always in order. */
function own(socket) {
  const write = socket.write.bind(socket);
  const waiting = [];
  let merged = null;
  let busy = false;
  const drip = () => {
    if (socket.destroyed || waiting.length === 0) {
      busy = false;
      return;
    }
    busy = true;
    write(waiting.shift(), () => setImmediate(drip));
  };
  socket.setNoDelay(true);
  socket.write = (octets, done) => {
    if (settings.writing === "whole" && !busy && !merged) return write(octets, done);
    if (settings.writing === "merged") {
      merged ??= setTimeout(() => {
        merged = null;
        if (!socket.destroyed) write(Buffer.concat(waiting.splice(0)));
      }, MERGED_MS);
      waiting.push(octets);
    } else {
      for (let at = 0; at < octets.length; at += 1) waiting.push(octets.subarray(at, at + 1));
      if (!busy && !merged) drip();
    }
    done?.();
    return true;
  };
}

const receives = (session) =>
  session.mode && session.mode !== "transmitter" &&
  (settings.receipt_session !== "receiver" || session.mode === "receiver");

// What comes from the client.

function bind(session, pdu) {
  let status = settings.bind_status;
  if (!status && pdu.password !== settings.password) status = smpp.ESME_RINVPASWD;
  if (!status) session.mode = pdu.command.replace("bind_", "");
  tell("bind", { mode: pdu.command.replace("bind_", ""), system_id: pdu.system_id, status, session: session.number });
  session.send(pdu.response({ command_status: status, system_id: "stranger" }));
  if (status || session.mode === "transmitter") return;
  for (const number of undelivered.keys()) give(session, number);
}

/** A part's place: [reference, total, part], or nothing for a whole text. */
function place(pdu) {
  if (pdu.sar_total_segments > 1) {
    return [pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum];
  }
  for (const element of pdu.short_message?.udh ?? []) {
    if (element[0] === 0x00) return [element[2], element[3], element[4]];
    if (element[0] === 0x08) return [element.readUInt16BE(2), element[4], element[5]];
  }
  return null;
}

const words = (pdu) => pdu.short_message?.message || pdu.message_payload?.message || "";

/** Tells a text when all its parts are taken, as the phone would show it. */
function take(pdu) {
  const at = place(pdu);
  const form = pdu.message_payload ? "payload" : pdu.sar_total_segments > 1 ? "sar" : at ? "udh" : "short";
  const whole = (text, parts) =>
    tell("text", { to: pdu.destination_addr, from: pdu.source_addr, text, parts, form, data_coding: pdu.data_coding });
  if (!at) return whole(words(pdu), 1);
  const [reference, total, part] = at;
  const key = `${pdu.destination_addr} ${reference} ${total}`;
  const parts = gathering.get(key) ?? gathering.set(key, new Map()).get(key);
  if (parts.has(part)) tell("part_again", { to: pdu.destination_addr, part });
  parts.set(part, words(pdu));
  if (parts.size < total) return;
  gathering.delete(key);
  whole(Array.from({ length: total }, (_, n) => parts.get(n + 1)).join(""), total);
}

function submit(session, pdu) {
  const status = settings.statuses.length ? settings.statuses.shift() : OK;
  tell("submit", {
    to: pdu.destination_addr, status, session: session.number, ton: pdu.dest_addr_ton, from: pdu.source_addr,
    receipt_asked: pdu.registered_delivery & 1, priority: pdu.priority_flag, at_ms: performance.now(),
  });
  if (status === OK) take(pdu);
  const answer = () => respond(session, pdu, status);
  if (!settings.hold) return settings.answers ? answer() : undefined;
  held.push(answer);
  if (held.length < settings.hold) return;
  settings.hold = 0;
  if (settings.held_then === "unbind") session.unbind({}, () => tell("unbound", { session: session.number }));
  for (const one of held.slice(0, settings.answered)) one();
  held = [];
  if (settings.held_then === "unbind") return;
  tell("cut", { session: session.number });
  session.socket.end(); // what was written still arrives, and nothing after it
}

const written = (id, form) => (form === "hex" ? id.toString(16).toUpperCase().padStart(8, "0") : String(id));

function respond(session, pdu, status) {
  if (status !== OK) return session.send(pdu.response({ command_status: status }));
  lastId += 1;
  const id = lastId;
  const report = () => settings.receipts !== "none" && pdu.registered_delivery & 1 && receipt(session, pdu, id);
  if (settings.receipts === "before") report();
  if (settings.body) {
    session.send(pdu.response({ message_id: written(id, settings.answer_ids) }));
  } else {
    const header = Buffer.alloc(16);
    header.writeUInt32BE(16, 0);
    header.writeUInt32BE(SUBMIT_SM_RESP, 4);
    header.writeUInt32BE(pdu.sequence_number, 12);
    session.socket.write(header);
  }
  if (settings.receipts === "after") report();
}

// What the client gets.

const states = { ENROUTE: 1, DELIVRD: 2, EXPIRED: 3, DELETED: 4, UNDELIV: 5, ACCEPTD: 6, UNKNOWN: 7, REJECTD: 8 };

function receipt(session, pdu, id) {
  // A parameter repeats the id as the answer wrote it (SMPP 3.4 §5.3.2.12).
  const name = written(id, settings.receipt_form === "text" ? settings.receipt_ids : settings.answer_ids);
  const made = {
    esm_class: RECEIPT, source_addr: pdu.destination_addr, source_addr_ton: 1, destination_addr: pdu.source_addr,
    data_coding: 0,
  };
  if (settings.receipt_form !== "text") {
    Object.assign(made, { receipted_message_id: name, message_state: states[settings.stat] });
  } else {
    const done = "submit date:2611250900 done date:2611250901";
    const text = `id:${name} sub:001 dlvrd:001 ${done} stat:${settings.stat} err:000 text:`;
    made.short_message = Buffer.from(text, "ascii");
  }
  queue(made, session, { isReceipt: true, form: settings.receipt_form === "data_sm" ? "data_sm" : "deliver_sm" });
}

function queue(made, session, { isReceipt = false, form = "deliver_sm" } = {}) {
  lastDeliver += 1;
  undelivered.set(lastDeliver, { made, isReceipt, form, tries: 0 });
  const through = session && receives(session) ? session : sessions.find(receives);
  if (through) give(through, lastDeliver);
  return lastDeliver;
}

function give(session, number) {
  const { made, isReceipt, form } = undelivered.get(number);
  undelivered.get(number).tries += 1;
  // A copy: npm smpp writes the encoded text into what it is given.
  session[form]({ ...made }, (answer) => {
    if (settings.lose_answers) {
      settings.lose_answers = false;
      tell("lost", { number, status: answer.command_status });
      return session.destroy();
    }
    const tries = undelivered.get(number)?.tries ?? 0;
    if (answer.command_status === OK) undelivered.delete(number);
    tell("answered", { number, status: answer.command_status, receipt: isReceipt, tries, form });
    if (answer.command_status === smpp.ESME_RX_T_APPN) setTimeout(again, AGAIN_MS, number);
  });
}

/** On any session, as a centre that was told "not now". */
function again(number) {
  const through = sessions.find(receives);
  if (through && undelivered.has(number)) give(through, number);
}

const codings = { gsm7: 0x00, latin1: 0x03, ucs2: 0x08 };

/** One deliver_sm a part. form: short | udh8 | udh16 | sar | payload. */
function deliver({ from, to, parts, order, form = "short", alphabet = "gsm7", reference = 77, data_coding, hex }) {
  return (order ?? parts.map((_, n) => n)).map((n) => {
    const made = {
      source_addr: from, source_addr_ton: 1, source_addr_npi: 1, destination_addr: to,
      data_coding: data_coding ?? codings[alphabet],
    };
    const message = hex ? Buffer.from(hex, "hex") : parts[n];
    const [wide, narrow] = [[reference >> 8, reference & 0xff], [reference & 0xff]];
    const udh = { udh8: [5, 0x00, 3, ...narrow], udh16: [6, 0x08, 4, ...wide] }[form];
    if (udh) {
      made.short_message = { udh: Buffer.from([...udh, parts.length, n + 1]), message };
      made.esm_class = UDHI;
    } else if (form === "payload") {
      made.message_payload = hex ? message : { message };
    } else {
      made.short_message = hex ? message : { message };
    }
    if (form === "sar") {
      Object.assign(made, { sar_msg_ref_num: reference, sar_total_segments: parts.length, sar_segment_seqnum: n + 1 });
    }
    return queue(made);
  });
}

// The doors.

let lastSession = 0;
const [key, cert] = process.argv.slice(2).map((file) => readFileSync(file));
const server = smpp.createServer({ key, cert }, (session) => {
  lastSession += 1;
  session.number = lastSession;
  sessions.push(session);
  own(session.socket);
  tell("connected", { session: session.number });
  for (const kind of ["bind_transceiver", "bind_transmitter", "bind_receiver"]) {
    session.on(kind, (pdu) => bind(session, pdu));
  }
  session.on("submit_sm", (pdu) => submit(session, pdu));
  session.on("enquire_link", (pdu) => {
    tell("enquired", { session: session.number });
    if (settings.alive) session.send(pdu.response());
  });
  session.on("generic_nack", (pdu) => tell("nack", { status: pdu.command_status }));
  session.on("unbind", (pdu) => {
    tell("unbind", { session: session.number });
    session.send(pdu.response());
    session.close();
  });
  session.on("error", (error) => {
    tell("error", { what: String(error.message), code: error.code });
    session.destroy();
  });
  session.on("close", () => {
    sessions.splice(sessions.indexOf(session), 1);
    tell("closed", { session: session.number });
  });
});

const commands = {
  set: (wanted) => {
    for (const [name, value] of Object.entries(wanted)) {
      if (!(name in settings)) throw new Error(`no setting ${name}`);
      settings[name] = value;
    }
  },
  deliver: (command) => ({ numbers: deliver(command) }),
  enquire: () => sessions.filter((s) => s.mode).forEach((s) => s.enquire_link({}, () => tell("alive", { session: s.number }))),
  unbind: () =>
    sessions.forEach((s) =>
      s.unbind({}, () => {
        tell("unbound", { session: s.number });
        s.close();
      }),
    ),
  hang_up: () => sessions.slice().forEach((s) => s.destroy()),
  raw: ({ hex }) => sessions.forEach((s) => s.socket.write(Buffer.from(hex, "hex"))),
};

server.on("tlsClientError", (error) => tell("tls_refused", { what: String(error.message) }));

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { do: what, id, ...rest } = JSON.parse(line);
    try {
      tell("done", { of: id, ...commands[what](rest) });
    } catch (error) {
      tell("done", { of: id, fault: String(error) });
    }
  })
  .on("close", () => process.exit(0));
server.listen(0, "127.0.0.1", () => tell("listening", { port: server.address().port }));
