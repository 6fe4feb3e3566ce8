/**
 * Forms with `data-passkey="create"` or `"get"` ask the device first and send what it answers.
 * The options are read from the JSON block `#passkey-options` of the form, which includes
 * `parts/passkey_problem.html` for when there is no answer.
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
      }, () => showProblem(form));
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

/** Browsers say why in English and for developers; the page has its own words. */
function showProblem(form: HTMLFormElement): void {
  const problem = form.querySelector<HTMLElement>("[data-passkey-problem]");
  if (problem) problem.hidden = false;
}
