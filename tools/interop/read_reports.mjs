// Reads a CTRF and a TAP file as other people's programs do, and prints what they understood:   read_reports.mjs CTRF TAP
import {readFileSync} from 'node:fs'
import {validate} from 'ctrf'
import {Parser} from 'tap-parser'

const [ctrfFile, tapFile] = process.argv.slice(2)

// The schema that the format's own project publishes.
const ctrf = JSON.parse(readFileSync(ctrfFile, 'utf8'))
const {valid, errors} = validate(ctrf)

const points = []
const strays = []
const tap = await new Promise(resolve => {
  const parser = new Parser({strict: true}, resolve)
  parser.on('assert', one => points.push({ok: one.ok, name: one.fullname ? `${one.fullname} > ${one.name}` : one.name, skip: one.skip, todo: one.todo, diag: one.diag}))
  parser.on('extra', line => strays.push(line))
  parser.on('version', version => (parser.versionSeen = version))
  parser.on('plan', plan => (parser.planSeen = plan))
  parser.end(readFileSync(tapFile, 'utf8'))
})
process.stdout.write(
  JSON.stringify({
    ctrf: {valid, errors: errors ?? [], summary: ctrf.results.summary},
    tap: {ok: tap.ok, count: tap.count, pass: tap.pass, fail: tap.fail, skip: tap.skip, todo: tap.todo, plan: tap.plan?.end,
      errors: tap.failures.filter(one => one.tapError).map(one => one.tapError), strays, points},
  }),
)
