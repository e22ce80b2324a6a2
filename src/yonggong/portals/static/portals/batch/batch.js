// A file dropped on the upload box, its name shown, the button busy while it is sent.
for (const form of document.querySelectorAll("[data-uploads]")) {
  const box = form.querySelector(".ypl-drop");
  const input = form.querySelector("input[type=file]");
  const named = form.querySelector("[data-named]");

  const show = () => {
    if (input.files.length) named.textContent = input.files[0].name;
  };
  input.addEventListener("change", show);

  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.remove("is-over");
    });
  }
  box.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
  form.addEventListener("submit", () => {
    form.querySelector("button[type=submit]").disabled = true;
    named.textContent = "正在上传……";
  });
}
