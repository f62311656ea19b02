import { wordSet } from './word-set.ts';

/** Nouns for parts of systems, in the singular; plurals are made. What follows a role makes it one: "the user table". */
const parts = wordSet(`
  account address agent alarm alert algorithm api app application archive artifact attempt audit autoscaler backend
  backlog backoff backup balancer banner bandwidth batch binary board body boundary branch breaker broker browser bucket
  budget buffer bug build bus byte cable cache call canary cell certificate chain change channel check checker checkpoint
  checksum circuit client clock cluster code collector column command commit compiler component computer condition config
  configuration connection connector console constraint consumer container contract controller converter cookie
  copy core counter cpu crawler credential cron cronjob cursor daemon dashboard data database
  datacenter dataset deadlock deadline default definition delivery dependency deploy deployment detector device diff
  directory disk dispatcher dns document domain driver drive edge encoder endpoint engine entry environment
  event exception exporter export failover feature feed field file filter firewall firmware flag flow folder form format
  framework function gateway generator git graph guard handler handshake hardware hash header health heap history hook
  host hostname hypervisor image import index indexer ingress initialiser inbox input instance interface intermediate
  interpreter intake item iterator job journal kernel key keyring label lag lambda lane latency layer leak lease
  ledger library limit limiter line link linter list listener load loader lock locker log logger loop machine mailer
  manifest mapping mechanism memory message metadata method metric microservice middleware migration mirror mode model
  module monitor monitoring mutex name namespace network node notifier notification nullability number object offset
  operation optimiser optimizer option orchestrator outbox output overflow package packet page pager parameter parser
  partition password patch path pattern payload peer permission pipe pipeline plan platform plugin pod
  poller pool port portal power prefix primary printer probe process processor profile profiler program project prompt
  property protocol provisioner proxy publisher query queue quota quorum race rack ram range rate reader receiver
  reconciler record redirect reference region register registry regression release relay replica replication report
  repo repository request resolver resource response restart result retry rollback rollout route router row rule
  runner runtime sandbox schedule scheduler schema scraper scrape script sdk search secret segment selector semaphore
  sensor sequence serializer series server service session setting shard sidecar signal signature site size snapshot
  socket software sorter spec specification spike stack stage state statement storage store stream string subnet
  subscriber subsystem suite switch sync system table tag target task template tenant terminal test thread threshold
  throttle ticker timeout timer timestamp token tool toolchain topic trace tracer traffic transaction trigger tunnel
  type ui unit update upgrade upstream url validator value variable version view virtualiser volume vm wal watchdog
  watcher webhook website widget window worker workflow write zone fsync migration mail query replica
  tooling probe sampler stub fork lookup cleaner sweeper purge reaper collector aggregator forwarder dispatcher balancer
  extension dump pointer counter limiter breaker replay redrive detector metric exit
`);

export const systemNouns: ReadonlySet<string> = new Set(
  [...parts].flatMap((part) => [part, pluralOf(part)]),
);

/** Capitalised, and no person: products, and words that begin with a capital letter anyway. */
export const properNouns = wordSet(`
  Airflow Akamai Alertmanager Amazon Ansible Apache Apple Argo AWS Azure Bash Bitbucket Caddy Cassandra Ceph Chef
  Chrome Chromium Cilium Circle Cloudflare Consul Confluence Datadog Debian Django Docker Elastic Elasticsearch Envoy
  Express Fastify Fastly Firefox Flink Git GitHub GitLab Google Grafana Hadoop Haproxy Helm Heroku Holdfast Honeycomb
  Influx Istio Java Jenkins Jira Kafka Keycloak Kibana Kotlin Kubernetes Lambda Linux Loki Mac Memcached Microsoft
  Mongo MongoDB MySQL Nagios Nginx Nomad Node Okta Opsgenie Oracle PagerDuty Pingdom Postgres PostgreSQL Prometheus
  Puppet Python RabbitMQ Rails Redis React Ruby Rust Safari Salesforce Selenium Sentry Shopify Slack Snowflake Spark
  Splunk Spring SQLite Stripe Svix Swift Teams Tempo Terraform Thanos Tomcat Travis Twilio Ubuntu Vault Vercel Windows
  Zabbix Zookeeper Zoom
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
  October November December Easter Christmas
  Europe Asia America Africa Berlin Denver Frankfurt Dublin London Oregon Virginia Ohio Tokyo Sydney Paris Mumbai
`);

function pluralOf(noun: string): string {
  if (/(s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
