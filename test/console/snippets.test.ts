import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../bin/runtime.js';
import { createSigner, parseSecret } from '../../src/signature/index.ts';
import { startReceiver, type Received, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';
import {
  createApplication,
  startTestService,
  temporaryFolder,
  type TestService,
} from '../support/service.ts';

const SNIPPETS = join(ROOT, 'console', 'snippets');
/** What an owner pastes, as a program that reads requests line by line and says of each whether it is genuine. */
type Language = {
  readonly snippet: string;
  /** Missing: there is nothing here to run it with. */
  readonly needs: string;
  /** How to ask whether that is there. */
  readonly asks?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Fails where the packages that it uses are not on this machine: nothing is fetched by a test. */
  readonly brings?: readonly string[];
  /** Where the snippet lies beside them. */
  readonly at: string;
  readonly build?: readonly string[];
  readonly run: readonly string[];
};

const LONGEST_MS = 240_000;

/** Every line: secret, id, timestamp, signatures, and the body in base64, with tabs between. */
const languages: Readonly<Record<string, Language>> = {
  'TypeScript (Node)': {
    snippet: 'verify.ts',
    needs: process.execPath,
    at: 'verify.ts',
    files: {
      'main.ts': `import { readFileSync } from 'node:fs';
import { verify } from './verify.ts';
for (const line of readFileSync(0, 'utf8').trimEnd().split('\\n')) {
  const [secret = '', id, timestamp, signatures, body = ''] = line.split('\\t');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures };
  console.log(verify(secret, headers, Buffer.from(body, 'base64')));
}`,
    },
    run: [process.execPath, 'main.ts'],
  },
  Python: {
    snippet: 'verify.py',
    needs: 'python3',
    at: 'verify.py',
    files: {
      'main.py': `import base64, sys
from verify import verify
for line in sys.stdin:
    secret, i, t, s, body = line.rstrip("\\n").split("\\t")
    headers = {"webhook-id": i, "webhook-timestamp": t, "webhook-signature": s}
    print(str(verify(secret, headers, base64.b64decode(body))).lower())
`,
    },
    run: ['python3', 'main.py'],
  },
  Go: {
    snippet: 'verify.go',
    needs: 'go',
    asks: ['version'],
    at: 'webhooks/verify.go',
    files: {
      'go.mod': 'module snippet\n\ngo 1.21\n',
      'main.go': `package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"snippet/webhooks"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\\t")
		body, _ := base64.StdEncoding.DecodeString(f[4])
		header := map[string]string{"webhook-id": f[1], "webhook-timestamp": f[2], "webhook-signature": f[3]}
		fmt.Println(webhooks.Verify(f[0], func(name string) string { return header[name] }, body))
	}
}
`,
    },
    build: ['go', 'build', '-o', 'snippet', '.'],
    run: ['./snippet'],
  },
  Ruby: {
    snippet: 'verify.rb',
    needs: 'ruby',
    at: 'verify.rb',
    files: {
      'main.rb': `require_relative "verify"
STDIN.each_line(chomp: true) do |line|
  secret, id, timestamp, signatures, body = line.split("\\t", -1)
  headers = { "webhook-id" => id, "webhook-timestamp" => timestamp, "webhook-signature" => signatures }
  puts verify(secret, headers, body.unpack1("m"))
end
`,
    },
    run: ['ruby', 'main.rb'],
  },
  PHP: {
    snippet: 'verify.php',
    needs: 'php',
    at: 'verify.php',
    files: {
      'main.php': `<?php
require __DIR__ . '/verify.php';
while (($line = fgets(STDIN)) !== false) {
    [$secret, $id, $timestamp, $signatures, $body] = explode("\\t", rtrim($line, "\\n"));
    $headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signatures];
    echo verify($secret, $headers, base64_decode($body)) ? "true\\n" : "false\\n";
}
`,
    },
    run: ['php', 'main.php'],
  },
  Java: {
    snippet: 'Verify.java',
    needs: 'javac',
    at: 'Verify.java',
    files: {
      'Main.java': `import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] f = line.split("\\t", -1);
            Map<String, String> headers = new HashMap<>();
            headers.put("webhook-id", f[1]);
            headers.put("webhook-timestamp", f[2]);
            headers.put("webhook-signature", f[3]);
            System.out.println(Verify.verify(f[0], headers, Base64.getDecoder().decode(f[4])));
        }
    }
}
`,
    },
    build: ['javac', '-encoding', 'UTF-8', 'Main.java', 'Verify.java'],
    run: ['java', '-cp', '.', 'Main'],
  },
  'C#': {
    snippet: 'Verify.cs',
    needs: 'dotnet',
    at: 'Verify.cs',
    files: {
      'snippet.csproj': `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>netMAJOR.0</TargetFramework><UseAppHost>false</UseAppHost><Nullable>enable</Nullable></PropertyGroup></Project>`,
      'Main.cs': `using System;
using System.Collections.Generic;

public static class Program
{
    public static void Main()
    {
        for (string? line; (line = Console.ReadLine()) != null;)
        {
            var f = line.Split('\\t');
            var headers = new Dictionary<string, string> { ["webhook-id"] = f[1], ["webhook-timestamp"] = f[2], ["webhook-signature"] = f[3] };
            Console.WriteLine(Webhooks.Verify(f[0], headers, Convert.FromBase64String(f[4])) ? "true" : "false");
        }
    }
}
`,
    },
    build: ['dotnet', 'build'],
    run: ['dotnet', 'run', '--no-build'],
  },
  Rust: {
    snippet: 'verify.rs',
    needs: 'cargo',
    brings: ['cargo', 'fetch', '--offline'],
    at: 'src/verify.rs',
    files: {
      'Cargo.toml': `[package]
name = "snippet"
version = "0.1.0"
edition = "2021"

[dependencies]
base64 = "0.22"
hmac = "0.12"
sha2 = "0.10"
`,
      'src/main.rs': `mod verify;
use base64::{engine::general_purpose::STANDARD, Engine};
fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let f: Vec<&str> = line.split('\\t').collect();
        println!("{}", verify::verify(f[0], f[1], f[2], f[3], &STANDARD.decode(f[4]).unwrap()));
    }
}
`,
    },
    build: ['cargo', 'build', '--quiet', '--offline'],
    run: ['target/debug/snippet'],
  },
};

const scope = new TestScope();
let service: TestService;
let receiver: Receiver;
const MINE = '/api/v1/app/acme/endpoint';

before(async () => {
  receiver = await startReceiver(scope);
  service = await startTestService(scope);
  await createApplication(service, 'acme');
});
after(() => scope.end());

/** Two requests as the service sends them: one, and one while the secret is rotated. */
type Sent = {
  readonly secret: string;
  readonly received: Received;
  readonly renewed: string;
  readonly rotated: Received;
};

/** To an endpoint of its own, so that they are recent when they are verified. */
async function deliver(uid: string): Promise<Sent> {
  await service.call('POST', MINE, { uid, url: `${receiver.origin}/${uid}` });
  const sent = async (): Promise<Received> => {
    const payload = { invoice: 'in_1', customer: 'Zoë Müller ✓', amount: 1200 };
    const before = receiver.received.length;
    await service.call('POST', '/api/v1/app/acme/msg', { eventType: 'invoice.paid', payload });
    await receiver.until(before + 1);
    return until(
      () => receiver.received.slice(before).find(({ path }) => path === `/${uid}`) ?? false,
      `a request for ${uid}`,
    );
  };
  const secretNow = async (): Promise<string> =>
    (await service.call('GET', `${MINE}/${uid}/secret`)).json.key;
  const secret = await secretNow();
  const received = await sent();
  await service.call('POST', `${MINE}/${uid}/secret/rotate`, {});
  return { secret, received, renewed: await secretNow(), rotated: await sent() };
}

/** Of the version that a program says it has; projects in C# name it. */
function majorOf(program: string, flags: readonly string[]): string {
  const said = spawnSync(program, flags, { encoding: 'utf8' }).stdout;
  return /\d+/.exec(said)?.[0] ?? '';
}

function isThere(program: string, flags: readonly string[], cwd = SNIPPETS): boolean {
  return spawnSync(program, flags, { stdio: 'ignore', cwd }).status === 0;
}

type Case = { readonly name: string; readonly line: string; readonly isGenuine: boolean };

function casesOf({ secret, received, renewed, rotated }: Sent): readonly Case[] {
  const header = ({ headers }: Received, name: string): string =>
    String(headers[`webhook-${name}`]);
  const [id, timestamp] = [header(received, 'id'), header(received, 'timestamp')];
  const signature = header(received, 'signature');
  const { body } = received;
  const line = (...parts: readonly (string | Buffer)[]): string =>
    parts.map((part) => (typeof part === 'string' ? part : part.toString('base64'))).join('\t');
  const forged = signature.replace(
    /^v1,(.)/,
    (_whole, letter) => `v1,${letter === 'A' ? 'B' : 'A'}`,
  );
  const altered = Buffer.from(body);
  altered.writeUInt8(altered.readUInt8(20) ^ 1, 20);
  const two = header(rotated, 'signature');
  const ofRotated = (of: string, signatures: string): string =>
    line(of, header(rotated, 'id'), header(rotated, 'timestamp'), signatures, rotated.body);
  const shifted = (seconds: number): string => String(Number(timestamp) + seconds);
  assert.equal(two.split(' ').length, 2);
  return [
    ['a request as it came', line(secret, id, timestamp, signature, body), true],
    ['the secret without its prefix', line(secret.slice(6), id, timestamp, signature, body), true],
    ['during a rotation, by the old secret', ofRotated(secret, two), true],
    ['during a rotation, by the new secret', ofRotated(renewed, two), true],
    ['a signature of a kind unknown beside it', ofRotated(renewed, `v1a,AAAA v9,? ${two}`), true],
    ['the secret of another', line(renewed, id, timestamp, signature, body), false],
    ['a forged signature', line(secret, id, timestamp, forged, body), false],
    ['a body that was altered', line(secret, id, timestamp, signature, altered), false],
    ['the id of another message', line(secret, `${id}x`, timestamp, signature, body), false],
    ['no signature', line(secret, id, timestamp, '', body), false],
    [
      'a signature of another version',
      line(secret, id, timestamp, `v2${signature.slice(2)}`, body),
      false,
    ],
    ['a part of the signature', line(secret, id, timestamp, signature.slice(0, 20), body), false],
    ['an old timestamp, forged', line(secret, id, shifted(-400), signature, body), false],
    ['an old request, played again', signedAt(secret, -400, id, body), false],
    ['a request from the future', signedAt(secret, 400, id, body), false],
    ['a little late', signedAt(secret, -120, id, body), true],
    ['no timestamp', line(secret, id, 'now', signature, body), false],
  ].map(([name, text, isGenuine]) => ({ name, line: text, isGenuine }) as Case);
}

/** Right but for the time: as a recorded request would be. */
function signedAt(secret: string, seconds: number, id: string, body: Buffer): string {
  const at = Math.floor(Date.now() / 1000) + seconds;
  const signature = createSigner([parseSecret(secret)]).sign(id, at, body);
  return [secret, id, at, signature, body.toString('base64')].join('\t');
}

/** What a program wrote; rejects where it failed, with what it complained of. */
function start(
  folder: string,
  [program = '', ...flags]: readonly string[],
  input: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, {
      cwd: folder,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', DOTNET_NOLOGO: '1' },
      timeout: LONGEST_MS,
    });
    const said = { out: '', error: '' };
    child.stdout.on('data', (chunk) => (said.out += String(chunk)));
    child.stderr.on('data', (chunk) => (said.error += String(chunk)));
    child.on('error', reject);
    child.stdin.on('error', () => {}); // a compiler reads nothing
    child.on('close', (code) => {
      if (code === 0) resolve(said.out);
      else reject(new Error(`${program} ended with ${code}: ${said.error}`));
    });
    child.stdin.end(input);
  });
}

for (const [name, language] of Object.entries(languages)) {
  const { needs, asks = ['--version'], brings, snippet, at, files, build, run } = language;
  const skip = isThere(needs, asks) ? false : `there is no ${needs} here`;
  test(
    `the snippet in ${name} takes what the service signed, and nothing else`,
    { skip },
    async (t) => {
      const folder = temporaryFolder(t);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(join(folder, file, '..'), { recursive: true });
        writeFileSync(join(folder, file), text.replace('MAJOR', majorOf(needs, asks)));
      }
      mkdirSync(join(folder, at, '..'), { recursive: true });
      copyFileSync(join(SNIPPETS, snippet), join(folder, at));
      const [program = '', ...flags] = brings ?? [];
      if (brings !== undefined && !isThere(program, flags, folder)) {
        t.skip('the packages that it uses are not on this machine');
        return;
      }
      if (build !== undefined) await start(folder, build, '');
      const all = casesOf(await deliver(snippet.replace('.', '-')));
      const said = await start(folder, run, `${all.map(({ line }) => line).join('\n')}\n`);
      const verdicts = said
        .trim()
        .split('\n')
        .map((verdict) => verdict.toLowerCase() === 'true');
      assert.deepEqual(
        Object.fromEntries(all.map((each, nth) => [each.name, verdicts[nth]])),
        Object.fromEntries(all.map((each) => [each.name, each.isGenuine])),
      );
    },
  );
}
