/**
 * Forms with `data-passkey="create"` or `"get"` ask the device first and send what it answers.
 * The options are read from the JSON block `#passkey-options` of the form.
 */
export function askForPasskeys(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      const field = form.querySelector<HTMLInputElement>('input[name="credential"]');
      const wanted = event.submitter?.dataset["step"] ?? "passkey";
      if (!field || field.value || wanted !== "passkey") return;
      event.preventDefault();
      void answered(form).then((credential) => {
        field.value = JSON.stringify(credential);
        form.submit();
      }, tellOf(form));
    });
  }
}

async function answered(form: HTMLFormElement): Promise<unknown> {
  const block = form.querySelector("#passkey-options");
  const { publicKey } = JSON.parse(block?.textContent ?? "{}") as { publicKey: never };
  const credential =
    form.dataset["passkey"] === "create"
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
        });
  return (credential as PublicKeyCredential).toJSON();
}

function tellOf(form: HTMLFormElement): (error: unknown) => void {
  return (error) => {
    const said = form.querySelector<HTMLElement>("[data-passkey-error]") ?? form.appendChild(document.createElement("p"));
    said.setAttribute("role", "alert");
    said.textContent = error instanceof Error ? error.message : String(error);
  };
}
