// Materials beside what was filed: one at a time, enlarged, turned, dragged; looked at when shown.

const viewer = document.querySelector("[data-viewer]");
const stage = viewer?.querySelector("[data-stage]");
const tools = viewer?.querySelector("[data-tools]");
const links = viewer ? [...viewer.querySelectorAll("[data-shows]")] : [];
// What stood before somebody's eyes for so long was looked at.
const LOOKED_AT_MS = 1000;

const view = { zoom: 1, turned: 0 };
let shown = null;
let picture = null;
let looking = 0;

/** The next or previous material; nothing happens at either end. */
export function move(by) {
  const next = links[links.indexOf(shown) + by];
  if (next) show(next);
}

export function zoom(by) {
  view.zoom = Math.min(8, Math.max(0.25, view.zoom * by));
  draw();
}

export function fit() {
  view.zoom = 1;
  draw();
}

export function turn(by) {
  view.turned = (view.turned + by + 360) % 360;
  draw();
}

function show(link) {
  shown = link;
  for (const one of links) one.toggleAttribute("aria-current", one === link);
  Object.assign(view, { zoom: 1, turned: 0 });
  const isPicture = link.dataset.shows === "picture";
  const element = document.createElement(isPicture ? "img" : "iframe");
  const name = link.textContent.trim();
  picture = isPicture ? element : null;
  clearTimeout(looking);
  element.addEventListener("load", () => {
    if (shown !== link) return;
    draw();
    looking = setTimeout(() => looked(link), LOOKED_AT_MS);
  });
  element.addEventListener("error", () => {
    if (shown === link) stage.replaceChildren(said("材料没有打开，请刷新页面后重试。"));
  });
  element[isPicture ? "alt" : "title"] = name;
  // The browser's own display of papers, without its list of pages.
  element.src = isPicture ? link.href : `${link.href}#navpanes=0&view=FitH`;
  const frame = document.createElement("div");
  frame.className = isPicture ? "yb-picture" : "yb-pages";
  frame.append(element);
  stage.replaceChildren(frame);
  tools.querySelector("[data-of-picture]").hidden = !isPicture;
  tools.querySelector("[data-saves]").href = `${link.href}?download=1`;
  tools.querySelector('[data-moves="-1"]').disabled = link === links[0];
  tools.querySelector('[data-moves="1"]').disabled = link === links.at(-1);
}

function said(words) {
  return Object.assign(document.createElement("p"), { className: "ye-quiet", textContent: words });
}

function looked(link) {
  const box = link.closest("li").querySelector("[name=looked]");
  if (box && document.visibilityState === "visible") box.checked = true;
}

/** The picture as large as the window takes it, times the zoom; turned, it takes its room turned. */
function draw() {
  if (!picture?.naturalWidth) return;
  const across = view.turned % 180 !== 0;
  const { naturalWidth: width, naturalHeight: height } = picture;
  const [wide, high] = across ? [height, width] : [width, height];
  // The border of the stage and what a scroll bar would take are no room.
  const room = [stage.clientWidth - 4, stage.clientHeight - 4];
  const scale = Math.min(room[0] / wide, room[1] / high) * view.zoom;
  Object.assign(picture.parentElement.style, { width: `${wide * scale}px`, height: `${high * scale}px` });
  Object.assign(picture.style, {
    width: `${width * scale}px`,
    height: `${height * scale}px`,
    transform: `translate(-50%, -50%) rotate(${view.turned}deg)`,
  });
}

function startDragging() {
  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    if (!picture || event.button !== 0) return;
    event.preventDefault();
    from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
    stage.setPointerCapture(event.pointerId);
    stage.dataset.dragged = "";
  });
  stage.addEventListener("pointermove", (event) => {
    if (from) stage.scrollTo({ left: from.x - event.clientX, top: from.y - event.clientY, behavior: "instant" });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, () => {
      from = null;
      delete stage.dataset.dragged;
    });
  }
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!picture || !event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.25 : 0.8);
    },
    { passive: false },
  );
}

export function startViewer() {
  if (!links.length) return;
  tools.hidden = false;
  viewer.addEventListener("click", (event) => {
    const link = event.target.closest("[data-shows]");
    // With a modifier key people ask for a window of its own.
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      show(link);
    }
    const button = event.target.closest("button");
    if (!button) return;
    const { moves, zooms, fits, turns } = button.dataset;
    if (moves) move(Number(moves));
    if (zooms) zoom(Number(zooms));
    if (fits !== undefined) fit();
    if (turns) turn(Number(turns));
  });
  startDragging();
  // Keys typed into a paper are the paper's; once the pointer has left it they are the page's again.
  document.addEventListener("pointerover", (event) => {
    if (document.activeElement?.tagName === "IFRAME" && event.target.tagName !== "IFRAME") stage.focus({ preventScroll: true });
  });
  new ResizeObserver(draw).observe(stage);
  // To who decides, what there is to look at is shown; to others once they ask for it.
  if (viewer.closest("[data-first=materials]")) show(links[0]);
  else stage.replaceChildren(said("请选择要查看的材料，每次查看都会记录。"));
}
