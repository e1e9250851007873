// The chat page's life: sends without leaving the page, shows what comes, keeps the list in order. Without it every form still works.
"use strict";

const $ = (id) => document.getElementById(id);
const page = document.body.dataset;
const log = $("log");
const composer = $("composer");
let socket = null;
let delay = 500;
let seenTimer = 0;
let unsent = null;

const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => { log.scrollTop = log.scrollHeight; $("below").hidden = true; };
const newest = () => Number([...log.querySelectorAll(".bubble")].at(-1)?.dataset.id || 0);

// ---- what comes ---------------------------------------------------------------------------------------------------
function connect() {
  const query = new URLSearchParams(log ? { room: page.room, after: newest() } : {});
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live?${query}`);
  socket.onopen = () => { delay = 500; setBroken(false); };
  socket.onmessage = (event) => take(JSON.parse(event.data));
  socket.onclose = () => { setBroken(true); setTimeout(reconnect, delay); delay = Math.min(delay * 2, 15000); };
}

function reconnect() {
  connect();
  if (!$("rooms")) return;
  htmx.ajax("GET", `/rooms?room=${encodeURIComponent(page.room || "")}`, { target: "#rooms", swap: "outerHTML" });
}

function setBroken(broken) { if ($("broken")) $("broken").hidden = !broken; }

function take(news) {
  if (news.clock) return showClock(news.clock);
  if (news.lost) return location.reload();
  if (news.html && news.id > newest()) show(news);
  moveUp(news);
}

function show(news) {
  const follow = nearEnd() || news.own;
  $("nobody")?.remove();
  $("end").insertAdjacentHTML("beforebegin", news.html);
  $(`b${news.id}`)?.classList.add("fresh");
  if (follow) toEnd(); else $("below").hidden = false;
  if (!document.hidden) seen();
}

function seen() {
  clearTimeout(seenTimer);
  seenTimer = setTimeout(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ seen: newest() }));
  }, 700);
}

function moveUp(news) {
  const row = document.querySelector(`.room[data-room="${CSS.escape(news.room)}"]`);
  if (!row || news.id <= Number(row.dataset.newest)) return;
  row.dataset.newest = news.id;
  row.querySelector(".preview").textContent = news.preview;
  row.querySelector(".room-time").textContent = news.time;
  if (news.room !== page.room && !news.own) countUp(row, news.called);
  if (!$("rooms").contains(document.activeElement)) $("rooms").prepend(row.parentElement);
}

function countUp(row, called) {
  const badge = row.querySelector(".unread");
  const count = badge.querySelector(".count");
  const before = badge.hidden ? 0 : parseInt(count.textContent, 10);
  count.textContent = before >= 99 ? "99+" : before + 1;
  badge.hidden = false;
  if (!called || row.querySelector(".called")) return;
  const mark = document.createElement("b");
  mark.className = "called";
  mark.textContent = page.called;
  row.querySelector(".room-last").prepend(mark, " ");
}

function showClock(clock) {
  const bar = document.querySelector("#bar-clock time");
  if (bar) bar.textContent = clock.time;
  if (!$("demo")) return;
  if (!$("demo").classList.contains(clock.phase)) return htmx.ajax("GET", "/demo", { target: "#demo", swap: "outerHTML" });
  $("demo-time").textContent = clock.time;
  $("demo-headline").textContent = clock.headline;
  $("demo-done").value = clock.done;
}

// ---- what goes ----------------------------------------------------------------------------------------------------
async function send(event) {
  event.preventDefault();
  const text = $("text").value;
  if (!text.trim()) return;
  // The same words again after a lost answer are the same message; other words are another one.
  if (unsent?.text !== text) unsent = { text, nonce: crypto.randomUUID?.() || `${Date.now()}-${Math.random()}` };
  const sending = unsent;
  setText("");
  try {
    const body = new URLSearchParams(sending);
    const answer = await fetch(composer.action, { method: "POST", body, headers: { "X-Talk": "1" } });
    if (answer.redirected) { location.href = answer.url; return; }
    if (!answer.ok) throw new Error(answer.status < 500 ? await answer.text() : "");
    if (unsent === sending) unsent = null;
    setTrouble("");
    toEnd();
  } catch (error) {
    setText(`${text}${$("text").value}`);
    setTrouble(error instanceof TypeError || !error.message ? page.failed : error.message);
  }
}

function setText(text) {
  $("text").value = text;
  keepDraft();
  grow();
}

function setTrouble(words) { $("trouble").textContent = words; $("trouble").hidden = !words; }

// What is typed and not sent yet outlives a reload and a look into another group.
function keepDraft() { sessionStorage.setItem(`draft:${page.room}`, $("text").value); }

function grow() {
  const field = $("text");
  field.rows = Math.min(8, field.value.split("\n").length);
}

function call(event) {
  const face = event.target.closest("[data-call]");
  if (!face) return;
  const words = face.dataset.call.split(" ");
  const field = $("text");
  field.value += `@${words.at(-1)} `;
  field.focus();
}

function onKey(event) {
  const typing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !typing && matchMedia("(pointer: fine)").matches) composer.requestSubmit();
  else return;
  event.preventDefault();
}

// ---- start --------------------------------------------------------------------------------------------------------
if (log) {
  toEnd();
  composer.addEventListener("submit", send);
  $("text").value ||= sessionStorage.getItem(`draft:${page.room}`) || "";
  $("text").addEventListener("input", () => { grow(); keepDraft(); });
  $("text").addEventListener("keydown", onKey);
  log.addEventListener("click", call);
  log.addEventListener("scroll", () => { if (nearEnd()) $("below").hidden = true; });
  $("below").addEventListener("click", toEnd);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && socket) seen(); });
  if (matchMedia("(pointer: fine)").matches) $("text").focus({ preventScroll: true });
}
connect();
