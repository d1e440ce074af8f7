/** The files by which an unpacked archive is installed and started, by name. */
export function launchers({ version, platform }: { version: string; platform: string }) {
  return {
    qingfeng: script(`exec "$node" server/src/main.ts "$@"`),
    'qingfeng-cli': script(`exec "$node" server/src/cli.ts "$@"`),
    'install.sh': install(version),
    'INSTALL.md': instructions(version, platform),
  } as const
}

/** Runs with the Node of the archive, whatever the machine has. */
function script(last: string): string {
  return `#!/bin/sh
set -eu
cd "$(dirname "$(readlink -f "$0")")"
node=$(ls node_modules/node-*/bin/node | head -n 1)
export DATA_DIR="\${DATA_DIR:-$PWD/data}"
${last}
`
}

function install(version: string): string {
  return `#!/bin/sh
# sh install.sh [TARGET]: checks every file, puts this version beside earlier ones and makes it the current one.
set -eu
here=$(dirname "$(readlink -f "$0")")
target=\${1:-/opt/qingfeng}
data=\${DATA_DIR:-/var/lib/qingfeng}
cd "$here"
sha256sum --quiet -c SHA256SUMS
mkdir -p "$target" "$data"
chmod 700 "$data"
rm -rf "$target/${version}.new"
cp -a "$here" "$target/${version}.new"
rm -rf "$target/${version}"
mv "$target/${version}.new" "$target/${version}"
ln -sfn "${version}" "$target/current"
if [ -d /etc/systemd/system ] && [ -w /etc/systemd/system ]; then
  cat > /etc/systemd/system/qingfeng.service <<UNIT
[Unit]
Description=Qingfeng
After=network.target

[Service]
Environment=DATA_DIR=$data
EnvironmentFile=-/etc/qingfeng.env
ExecStart=$target/current/qingfeng
Restart=on-failure
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
UNIT
  echo "服务已写入 /etc/systemd/system/qingfeng.service；设置写在 /etc/qingfeng.env。"
  echo "The service is in /etc/systemd/system/qingfeng.service; settings go into /etc/qingfeng.env."
fi
echo "已安装 installed: $target/current （数据 data: $data）"
echo "启动 start: DATA_DIR=$data $target/current/qingfeng"
`
}

function instructions(version: string, platform: string): string {
  return `# 清风 Qingfeng ${version} (${platform})

本包自带 Node、全部依赖、字体与规则，安装和运行均不需要网络。
This archive brings Node, every package, fonts and rules; neither installing nor running needs a network.

\`\`\`
sh install.sh /opt/qingfeng        # 校验、安装 check and install (sha256sum)
/opt/qingfeng/current/qingfeng     # 启动 start
./qingfeng --demo                  # 演示省份 the demo province
./qingfeng-cli --help
\`\`\`

设置与备份见 docs/operations.md。Settings and backup: docs/operations.md.
`
}
