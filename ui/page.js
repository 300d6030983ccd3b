// Small deeds of the page: copy a reference line, unfold a quotation, stay light.
"use strict";

document.documentElement.lang = "zh-CN";

function copyByHand(text) {
  // Without https the clipboard API is missing; a selected text area still copies.
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByHand(text);
    }
  }
  return copyByHand(text);
}

document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    const said = copier.textContent;
    copier.textContent = (await copy(copier.dataset.copy)) ? "已复制" : "请手动复制";
    setTimeout(() => { copier.textContent = said; }, 1500);
  }
  const folder = event.target.closest("[data-unfold]");
  if (folder) {
    const folded = folder.closest(".card").classList.toggle("folded");
    folder.textContent = folded ? "展开全条" : "收起";
  }
});

// The page is light on every screen: Gradio would follow the system's dark mode.
function lighten() {
  // Removing what isn't there would count as a change and call this again, for ever.
  if (document.body.classList.contains("dark")) document.body.classList.remove("dark");
}
new MutationObserver(lighten).observe(document.body, { attributes: true, attributeFilter: ["class"] });
lighten();
