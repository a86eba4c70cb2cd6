import Database from 'better-sqlite3';

/** All that is kept of what is true now, by natural keys, so that inventories can be held against each other. */
export function dumpCurrentEndpoints(path: string): unknown[] {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare(
        `select hex(endpoint.address) as address, endpoint.port, endpoint.protocol, endpoint.server_name,
          endpoint.host, hex(current.address) as own_address, current.port as own_port,
          current.protocol as own_protocol, current.server_name as own_server_name, current.host as own_host,
          first_seen, last_run.uuid as last_run, last_observed_at, run.uuid as run, observed_at, current.state,
          state_since, is_changed, hex(chain.content_hash) as chain, hex(certificate.sha256) as certificate,
          hex(judgement.content_hash) as judgement, status_rank, current.grade, current.not_after,
          issuer_name.name as issuer, current.common_name, hex(outcome.content_hash) as outcome,
          hex(handshake.content_hash) as handshake, current.severity_rank, current.not_before, current.key_type,
          current.key_bits
        from current_endpoint as current
        inner join endpoint on endpoint.id = current.endpoint_id
        left join scan_run as last_run on last_run.id = last_run_id
        left join scan_run as run on run.id = run_id
        left join chain on chain.id = current.chain_id
        left join certificate on certificate.id = current.certificate_id
        left join judgement on judgement.id = current.judgement_id
        left join issuer_name on issuer_name.id = current.issuer_id
        left join outcome on outcome.id = current.outcome_id
        left join handshake on handshake.id = current.handshake_id
        order by 1, 2, 3, 4, 5`,
      )
      .all();
  } finally {
    database.close();
  }
}
