// One JSON line in, one out: how the tests ask a client in another language for one request after the other.
import { createInterface } from 'node:readline';

// The cause of an error, down to the first one: libraries wrap what the gateway said.
const causes = (error) => (error ? [error.message ?? String(error), ...causes(error.cause)] : []);

/** Answers every line with what `request` gives for it: { status, headers, body }. Ends with its input. */
export async function converse(request) {
  for await (const line of createInterface({ input: process.stdin })) {
    const said = await request(JSON.parse(line)).catch((error) => ({ error: causes(error).join(': ') }));
    console.log(JSON.stringify(said));
  }
}
