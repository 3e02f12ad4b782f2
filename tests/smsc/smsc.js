// An SMSC on npm's `smpp`: takes texts, sends reports and texts to bound receivers, and misbehaves on request.
// Prints its two ports; the second speaks HTTP: GET /ledger, POST /script {…}, POST /deliver {…}.
const http = require("http");
const smpp = require("smpp");

const ledger = [];
const receivers = new Set();
const waiting = [];
let script = {};
let last = 1000;
let binds = 0;

function wording(pdu) {
  const payload = pdu.message_payload;
  if (payload) {
    const octets = payload.message || payload;
    return Buffer.isBuffer(octets) ? Buffer.from(octets).swap16().toString("utf16le") : String(octets);
  }
  const short = pdu.short_message || {};
  return String(short.message ?? "");
}

function push() {
  for (const session of receivers) {
    while (waiting.length) {
      const fields = waiting.shift();
      let answered = false;
      session.deliver_sm(fields, (reply) => {
        answered = true;
        ledger.push({ kind: "delivered", status: reply.command_status, source: fields.source_addr });
        if (reply.command_status !== 0) setTimeout(() => { waiting.push(fields); push(); }, 200);
      });
      session.once("close", () => { if (!answered) { waiting.push(fields); } });
    }
  }
}

function report(taken, stat) {
  const number = taken.destination;
  waiting.push({
    source_addr: number,
    destination_addr: taken.source,
    esm_class: 4,
    receipted_message_id: taken.id,
    user_message_reference: taken.reference,
    short_message: `id:${taken.id} sub:001 dlvrd:001 submit date:2611230715 done date:2611230716 stat:${stat} err:000 text:`,
  });
  push();
}

const server = smpp.createServer((session) => {
  session.on("error", () => {});
  session.on("close", () => receivers.delete(session));
  const bind = (pdu) => {
    binds += 1;
    if (script.refuse_bind) return session.send(pdu.response({ command_status: smpp.ESME_RBINDFAIL }));
    session.send(pdu.response());
    if (pdu.command !== "bind_transmitter") { receivers.add(session); push(); }
  };
  for (const role of ["bind_transmitter", "bind_receiver", "bind_transceiver"]) session.on(role, bind);
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => { session.send(pdu.response()); session.close(); });
  session.on("submit_sm", (pdu) => {
    ledger.push({ kind: "requested", destination: pdu.destination_addr });
    const fault = script.times > 0 ? script : {};
    if (script.times > 0) script.times -= 1;
    if (fault.status) return session.send(pdu.response({ command_status: fault.status }));
    if (fault.before) return session.socket.destroy();
    const taken = { kind: "accepted", id: String((last += 1)), destination: pdu.destination_addr,
      source: pdu.source_addr, text: wording(pdu), reference: pdu.user_message_reference,
      validity: pdu.validity_period };
    ledger.push(taken);
    if (script.report) setTimeout(() => report(taken, script.report), script.report_after || 0);
    if (fault.after) return session.socket.destroy();
    if (fault.silent) return undefined;
    return session.send(pdu.response({ message_id: taken.id }));
  });
});

const control = http.createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => { body += piece; });
  request.on("end", () => {
    if (request.url === "/script") script = JSON.parse(body);
    if (request.url === "/deliver") {
      for (const one of JSON.parse(body)) {
        if (one.octets) one.short_message = { message: Buffer.from(one.octets, "hex") };
        if (one.udh) one.short_message.udh = Buffer.from(one.udh, "hex");
        delete one.octets;
        delete one.udh;
        waiting.push(one);
      }
      push();
    }
    if (request.url === "/cut") for (const session of receivers) session.socket.destroy();
    response.end(JSON.stringify({ ledger, binds, waiting: waiting.length }));
  });
});

server.listen(0, "127.0.0.1", () => control.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ smpp: server.address().port, control: control.address().port }));
}));
process.stdin.on("end", () => process.exit(0)).resume();
