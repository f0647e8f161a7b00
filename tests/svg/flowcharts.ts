/** Mermaid texts with the shapes, edges and nestings that network figures use. */
export const FLOWCHARTS: readonly string[] = [
  `flowchart TB
  subgraph host["호스트 · 192.168.56.11"]
    web["\`**web**
eth0 172.18.0.3/16\`"]:::container
    db["\`**db**
eth0 172.18.0.2/16\`"]:::container
    br{{"br0 · 172.18.0.0/16"}}:::bridge
    web ---|veth| br
    db ---|veth| br
  end
  client(["client"]) -->|"8000 → 5000/tcp"| web
  classDef container fill:#e8f1fd,stroke:#1d63ed,color:#0b214a
  classDef bridge fill:#fff4e0,stroke:#d97706,color:#451a03`,
  `---
config:
  flowchart:
    nodeSpacing: 60
  themeVariables:
    fontSize: 16px
---
flowchart LR
  subgraph n1["node1"]
    direction TB
    w1["web.1"] -.- g1[["docker_gwbridge"]]
    w1 --- o1[("overlay")]
  end
  subgraph n2["node2"]
    direction TB
    w2["web.2"] -.- g2[["docker_gwbridge"]]
  end
  n1 ===|"VXLAN · VNI 4097"| n2
  u(("underlay")) e1@--- n1
  u e2@--x n2
  class e1,e2 attach`,
  `flowchart TB
  a((("outside"))) --> b{"NAT?"}
  b -->|yes| c[/"DNAT"/]
  b -->|no| d[\\"drop"\\]
  c --> e@{ shape: cloud, label: "Internet" }
  c <--> f["AVATAR To. office 1 &lt; 2"]
  d --o f
  f ~~~ a
  classDef big font-size:18px,font-weight:bold
  class f big
  style d fill:#fee,stroke:#900,stroke-width:3px`,
  `graph RL
  x["one"] ==> y["two<br/>lines"]
  y -.->|"\`a *label*
of two\`"| z>"three"]
  linkStyle 0 stroke:#c00,stroke-width:4px`,
]
