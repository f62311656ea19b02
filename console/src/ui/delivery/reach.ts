/** Whose deliveries a page shows, where the pages about them are, and whether its reader may act on them. */
export type Reach = {
  /** The application's id or uid. */
  readonly app: string;
  readonly mayWrite: boolean;
  readonly to: {
    readonly endpoint: (id: string) => string;
    readonly message: (id: string) => string;
    readonly attempt: (message: string, id: string) => string;
    readonly act: (id: string) => string;
  };
};

export type EndpointPath = { readonly app_id: string; readonly endpoint_id: string };
