"use strict";
// The handset: polls the texts of one number, and posts replies to the webhook as the carrier would.
(() => {
  const POLL = 1500;
  const byId = (id) => document.getElementById(id);
  const list = byId("texts");
  const status = byId("status");
  const time = new Intl.DateTimeFormat("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  let number = new URLSearchParams(location.search).get("number") || localStorage.getItem("handset.number") || "";
  let peer = document.body.dataset.sender;
  let shown = "";

  const say = (text) => { status.textContent = text; };

  const bubble = (item) => {
    const row = document.createElement("li");
    row.className = item.inbound ? "text mine" : "text";
    const words = document.createElement("p");
    words.textContent = item.text;
    const when = document.createElement("small");
    when.textContent = `${item.inbound ? "发往" : "来自"} ${item.peer} · ${time.format(new Date(item.at))}`;
    row.append(words, when);
    return row;
  };

  const draw = (texts) => {
    const state = texts.map((item) => item.id).join();
    if (state === shown) return;
    shown = state;
    list.replaceChildren(...texts.map(bubble));
    list.scrollTop = list.scrollHeight;
    const last = texts.filter((item) => !item.inbound).at(-1);
    if (last) peer = last.peer;
  };

  const read = async (path) => {
    const answer = await fetch(path, { headers: { Accept: "application/json" }, cache: "no-store" });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail || "读取失败");
    return body;
  };

  const refresh = async () => {
    try {
      const known = await read("api/numbers");
      byId("numbers").replaceChildren(...known.numbers.map((item) => new Option(item.number, item.number)));
      if (!number && known.numbers.length) open(known.numbers[0].number);
      if (number) draw((await read(`api/texts?number=${encodeURIComponent(number)}`)).texts);
      if (status.dataset.kind === "fault") { say(""); status.dataset.kind = ""; }
    } catch (fault) {
      status.dataset.kind = "fault";
      say(fault instanceof TypeError ? "暂时连不上服务，正在重试……" : fault.message);
    }
  };

  const open = (value) => {
    number = value.trim();
    byId("number").value = number;
    localStorage.setItem("handset.number", number);
    shown = "-";
  };

  const send = async (text) => {
    const asked = await fetch("api/replies", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ number, to: peer, text }),
    });
    const form = await asked.json();
    if (!asked.ok) throw new Error(form.detail || "发送失败");
    const answer = await fetch(form.path, {
      method: "POST",
      headers: { "X-Twilio-Signature": form.signature },
      body: new URLSearchParams(form.fields),
    });
    if (!answer.ok) throw new Error("服务没有接收这条短信");
  };

  byId("choose").addEventListener("submit", (event) => {
    event.preventDefault();
    open(byId("number").value);
    refresh();
  });

  byId("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      byId("reply").requestSubmit();
    }
  });

  byId("reply").addEventListener("submit", async (event) => {
    event.preventDefault();
    const box = byId("text");
    const button = event.submitter || byId("reply").querySelector("button");
    if (!number) { say("请先填写本机号码"); return; }
    button.disabled = true;
    try {
      await send(box.value);
      box.value = "";
      say("已发送");
      await refresh();
    } catch (fault) {
      say(fault.message);
    } finally {
      button.disabled = false;
      box.focus();
    }
  });

  if (number) open(number);
  const loop = async () => { await refresh(); setTimeout(loop, POLL); };
  loop();
})();
