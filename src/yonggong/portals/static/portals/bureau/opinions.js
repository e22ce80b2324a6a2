// What reviewers write most, put into the opinion by a press.

const opinion = document.getElementById("opinion");

for (const button of document.querySelectorAll("[data-quick]")) {
  button.addEventListener("click", () => {
    const said = opinion.value.trim();
    const joint = opinion.tagName === "TEXTAREA" ? "\n" : "";
    opinion.value = said ? `${said}${joint}${button.dataset.quick}` : button.dataset.quick;
    opinion.focus();
  });
}
