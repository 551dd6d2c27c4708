// One side of a comparison: does named tasks as often as it is told. The commands and answers are
// those of io.auriga.benchmarks.contender.Contender.
import { createInterface } from "node:readline";

const MILLISECOND = 1_000_000n;
const MICROSECOND = 1000;

// `tasks` maps names to { work, answer }; work may return a promise.
export async function serve(tasks) {
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, name, milliseconds] = line.split(" ");
    process.stdout.write(`${await answer(tasks, command, name, milliseconds)}\n`);
  }
}

async function answer(tasks, command, name, milliseconds) {
  switch (command) {
    case "tasks":
      return Object.keys(tasks).join(" ");
    case "answer":
      return tasks[name].answer(await tasks[name].work());
    case "run":
      return run(tasks[name].work, BigInt(milliseconds) * MILLISECOND);
    default:
      throw new Error(`unknown command ${command}`);
  }
}

async function run(work, nanoseconds) {
  const asynchronous = work() instanceof Promise;
  const cpuBegin = process.cpuUsage();
  const begin = process.hrtime.bigint();
  let times = 0;
  let batch = 1;
  while (process.hrtime.bigint() - begin < nanoseconds) {
    for (let i = 0; i < batch; i++) {
      if (asynchronous) {
        await work();
      } else {
        work();
      }
    }
    times += batch;
    batch = Math.max(1, times >> 4);
  }
  const cpu = process.cpuUsage(cpuBegin);
  const wall = process.hrtime.bigint() - begin;
  return `${times} ${(cpu.user + cpu.system) * MICROSECOND} ${wall}`;
}
