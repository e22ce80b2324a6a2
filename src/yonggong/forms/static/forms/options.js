// Asking the server for choices. Answers are cacheable, so the browser keeps them for the day.

/** The choices at `url` with `parameters`; an empty list when the server cannot be reached. */
export async function fetchOptions(url, parameters) {
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) address.searchParams.set(name, value);
  }
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`choices: ${response.status}`);
  return (await response.json()).options;
}
