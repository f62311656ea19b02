import { boolean, fieldsOf, items, number, orNull, text } from './answers.ts';

/** Reviews as the API answers them; what the commands do not use is left out. */
export type PostmortemAnswer = {
  readonly incidentId: string;
  readonly state: string;
  readonly version: number;
  readonly markdown: string;
  readonly text: string;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly comments: readonly CommentAnswer[];
  readonly missing: readonly string[];
  readonly findings: readonly FindingAnswer[];
};

export type CommentAnswer = {
  readonly comment: number;
  readonly quote: string;
  readonly text: string;
  readonly by: string;
  readonly isResolved: boolean;
};

export type FindingAnswer = {
  readonly severity: string;
  readonly phrase: string;
  readonly rewrite: string;
  readonly line: number;
};

export type VersionAnswer = {
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly note: string;
  readonly isFrozen: boolean;
};

export type FactAnswer = {
  readonly name: string;
  readonly value: unknown;
  readonly unit: string;
  readonly text: string;
  readonly source: string;
  readonly at: string;
  readonly evidence: unknown;
};

export type ExportAnswer = { readonly name: string; readonly text: string };

export type ActionAnswer = {
  readonly id: string;
  readonly incidentId: string;
  readonly type: string;
  readonly text: string;
  readonly owner: string;
  readonly dueAt: string | null;
  readonly end: string;
  readonly state: string;
  readonly isOverdue: boolean;
  readonly isVerified: boolean;
  readonly reason: string;
  readonly verification: VerificationAnswer | null;
  readonly results: readonly ResultAnswer[];
};

export type VerificationAnswer = {
  readonly kind: string;
  /** Of a drill. */
  readonly name: string;
  readonly command: readonly string[];
  readonly url: string;
};

export type ResultAnswer = {
  readonly at: string;
  readonly by: string;
  readonly isHeld: boolean;
  readonly text: string;
};

export function readPostmortem(value: unknown): PostmortemAnswer {
  const postmortem = fieldsOf(value);
  return {
    incidentId: text(postmortem, 'incidentId'),
    state: text(postmortem, 'state'),
    version: number(postmortem, 'version'),
    markdown: text(fieldsOf(postmortem['shown']), 'markdown'),
    text: text(postmortem, 'text'),
    changedAt: text(postmortem, 'changedAt'),
    changedBy: text(postmortem, 'changedBy'),
    comments: items(postmortem, 'comments').map((each) => {
      const comment = fieldsOf(each);
      return {
        comment: number(comment, 'comment'),
        quote: text(comment, 'quote'),
        text: text(comment, 'text'),
        by: text(comment, 'by'),
        isResolved: comment['resolvedAt'] !== null,
      };
    }),
    missing: items(postmortem, 'missing').map(String),
    findings: items(postmortem, 'findings').map((each) => {
      const finding = fieldsOf(each);
      return {
        severity: text(finding, 'severity'),
        phrase: text(finding, 'phrase'),
        rewrite: text(finding, 'rewrite'),
        line: number(fieldsOf(finding['start']), 'line'),
      };
    }),
  };
}

export function readVersion(value: unknown): VersionAnswer {
  const version = fieldsOf(value);
  return {
    version: number(version, 'version'),
    by: text(version, 'by'),
    at: text(version, 'at'),
    note: text(version, 'note'),
    isFrozen: version['frozenAt'] !== null,
  };
}

export function readFact(value: unknown): FactAnswer {
  const fact = fieldsOf(value);
  return {
    name: text(fact, 'name'),
    value: fact['value'],
    unit: text(fact, 'unit'),
    text: text(fact, 'text'),
    source: text(fact, 'source'),
    at: text(fact, 'at'),
    evidence: fact['evidence'],
  };
}

export function readExport(value: unknown): ExportAnswer {
  const exported = fieldsOf(value);
  return { name: text(exported, 'name'), text: text(exported, 'text') };
}

export function readAction(value: unknown): ActionAnswer {
  const item = fieldsOf(value);
  return {
    id: text(item, 'id'),
    incidentId: text(item, 'incidentId'),
    type: text(item, 'type'),
    text: text(item, 'text'),
    owner: text(item, 'owner'),
    dueAt: orNull(text, item, 'dueAt'),
    end: text(item, 'end'),
    state: text(item, 'state'),
    isOverdue: boolean(item, 'isOverdue'),
    isVerified: boolean(item, 'isVerified'),
    reason: text(item, 'reason'),
    verification: item['verification'] === null ? null : readVerification(item['verification']),
    results: items(item, 'results').map((each) => {
      const result = fieldsOf(each);
      return {
        at: text(result, 'at'),
        by: text(result, 'by'),
        isHeld: boolean(result, 'isHeld'),
        text: text(result, 'text'),
      };
    }),
  };
}

function readVerification(value: unknown): VerificationAnswer {
  const verification = { name: '', url: '', command: [], ...fieldsOf(value) };
  return {
    kind: text(verification, 'kind'),
    name: text(verification, 'name'),
    url: text(verification, 'url'),
    command: items(verification, 'command').map(String),
  };
}
