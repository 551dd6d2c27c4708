// Takes turns with the contenders and prints one table. Started by ./run.
//
//   node peers.mjs PLAN.json [--json] [--rounds N] [--milliseconds M] [--warm-up M]
//
// PLAN.json: { "contenders": [ { "name": "auriga", "command": ["java", …] }, … ] }; the first is
// what the others are compared with.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const NANOSECONDS_PER_MICROSECOND = 1000;

const TASKS = {
  "withdrawals-of-ssz": "SSZ bytes of a signed block → its withdrawals",
  "verified-withdrawals-of-ssz": "the same → and their Merkle-Patricia root",
  "proven-block-of-ssz": "SSZ bytes → block root, both MPT roots, header hash = block hash",
  "block-root-of-ssz": "SSZ bytes → hash-tree-root of the block",
  "withdrawals-root": "Merkle-Patricia root of 16 withdrawals",
  "header-hash": "RLP of a header → fields → hash",
  "withdrawals-of-json": "1 MB of eth_getBlock JSON → its withdrawals",
  "shuffle-million": "the shuffle of a million validators, 90 rounds",
  "attesters-of-ssz": "SSZ bytes of an aggregate of 64 committees → the 30,600 that voted",
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "7" },
    milliseconds: { type: "string", default: "400" },
    "warm-up": { type: "string", default: "3000" },
  },
});
const rounds = Number(options.rounds);

class Contender {
  constructor({ name, command }) {
    this.name = name;
    this.process = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async ask(...words) {
    this.process.stdin.write(`${words.join(" ")}\n`);
    const { value, done } = await this.lines.next();
    if (done) {
      throw new Error(`${this.name} ended on being asked: ${words.join(" ")}`);
    }
    return value;
  }

  // Microseconds for one time: of all the process's threads on processors, and on the wall.
  async run(task, milliseconds) {
    const [times, cpu, wall] = (await this.ask("run", task, milliseconds)).split(" ").map(Number);
    return {
      cpu: cpu / times / NANOSECONDS_PER_MICROSECOND,
      wall: wall / times / NANOSECONDS_PER_MICROSECOND,
    };
  }

  end() {
    this.process.stdin.end();
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function summary(samples) {
  const cpu = samples.map((sample) => sample.cpu);
  return {
    medianMicroseconds: median(cpu),
    leastMicroseconds: Math.min(...cpu),
    mostMicroseconds: Math.max(...cpu),
    medianWallMicroseconds: median(samples.map((sample) => sample.wall)),
  };
}

async function compare(task, contenders) {
  const answers = new Map();
  for (const contender of contenders) {
    answers.set(contender.name, await contender.ask("answer", task));
  }
  if (new Set(answers.values()).size !== 1) {
    const each = [...answers].map(([name, answer]) => `  ${name}: ${answer}`).join("\n");
    throw new Error(`the contenders do not agree on ${task}:\n${each}`);
  }
  for (const contender of contenders) {
    await contender.run(task, options["warm-up"]);
  }
  const samples = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another one, so that nobody always runs on what another left behind.
    for (let i = 0; i < contenders.length; i++) {
      const contender = contenders[(round + i) % contenders.length];
      samples.get(contender.name).push(await contender.run(task, options.milliseconds));
    }
  }
  const base = summary(samples.get(contenders[0].name)).medianMicroseconds;
  return {
    task,
    description: TASKS[task],
    answer: answers.get(contenders[0].name),
    contenders: contenders.map(({ name }) => {
      const figures = summary(samples.get(name));
      return { name, ...figures, ratio: figures.medianMicroseconds / base };
    }),
  };
}

function print(comparison) {
  console.log(`\n${comparison.description}`);
  for (const each of comparison.contenders) {
    const { medianMicroseconds, leastMicroseconds, mostMicroseconds, ratio } = each;
    const spread = `${leastMicroseconds.toFixed(1)} to ${mostMicroseconds.toFixed(1)}`;
    console.log(
      `  ${each.name.padEnd(20)}${medianMicroseconds.toFixed(1).padStart(10)} µs  ` +
        `${spread.padStart(22)}${`${ratio.toFixed(1)} x`.padStart(12)}`,
    );
  }
}

const plan = JSON.parse(readFileSync(positionals[0], "utf8"));
const contenders = plan.contenders.map((each) => new Contender(each));
try {
  const abilities = new Map();
  for (const contender of contenders) {
    abilities.set(contender.name, new Set((await contender.ask("tasks")).split(" ")));
  }
  const begin = loadavg();
  if (!options.json) {
    console.log(
      `Processor time for one time, median of ${rounds} rounds, least to most, and how many times ` +
        `${contenders[0].name}'s.\n${cpus().length} processors (${cpus()[0].model.trim()}), ` +
        `load ${begin[0].toFixed(1)} at the begin. All answers were compared first: they agree.`,
    );
  }
  const comparisons = [];
  for (const task of Object.keys(TASKS)) {
    const able = contenders.filter(({ name }) => abilities.get(name).has(task));
    const comparison = await compare(task, able);
    comparisons.push(comparison);
    if (!options.json) {
      print(comparison);
    }
  }
  const end = loadavg();
  if (options.json) {
    const machine = { processors: cpus().length, model: cpus()[0].model.trim() };
    const load = { begin: begin[0], end: end[0] };
    console.log(JSON.stringify({ machine, load, rounds, comparisons }, null, 2));
  } else {
    console.log(`\nload ${end[0].toFixed(1)} at the end`);
  }
} finally {
  contenders.forEach((contender) => contender.end());
}
