// Apify's proxy-chain as a sticky forward gateway: the parent proxy follows from a hash of the user name where that has a session
// in it; the others take turns.
//
//   node proxy-chain.mjs PORT http://EXIT:PORT…      from tools/interop, where its package is
//
// Any user with any password, as long as both are there. Prints a line when it listens.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages are where the program was started, not beside this file.
const { Server } = createRequire(pathToFileURL(`${process.cwd()}/`))('proxy-chain');
const [port, ...exits] = process.argv.slice(2);
const numberOf = (user) => createHash('md5').update(user).digest().readUInt32BE(0);
let turn = 0;
const exitOf = (user) => exits[(user.includes('-session-') ? numberOf(user) : turn++) % exits.length];
const server = new Server({
  host: '127.0.0.1',
  port: Number(port),
  prepareRequestFunction: ({ username, password }) =>
    username && password ? { requestAuthentication: false, upstreamProxyUrl: exitOf(username) } : { requestAuthentication: true },
});
await server.listen();
console.log(JSON.stringify({ port: server.port }));
