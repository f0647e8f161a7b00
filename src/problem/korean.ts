/**
 * What `say` says, in Korean, by its English template. `%1` … `%9` are the values, in any order.
 *
 * A name may end in a consonant or a vowel and is often read in English, so no particle that depends on the sound
 * (은/는, 이/가, 을/를, 과/와, 으로/로) stands right behind a value: a Korean noun stands in between.
 */
export const KOREAN: Readonly<Record<string, string>> = {
  '"%1" cannot be the name of a host': '"%1" 같은 호스트 이름은 쓸 수 없습니다',
  '"%1" has ended here: without -d, docker run holds the terminal until its program ends, and the next command comes after that':
    '"%1" 컨테이너는 여기서 이미 끝났습니다. -d가 없는 docker run은 프로그램이 끝날 때까지 터미널을 잡고 있고, 다음 명령은 그 뒤에 실행됩니다',
  '"%1" has no IPv6 address on "%2"': '"%1"에는 "%2" 네트워크의 IPv6 주소가 없습니다',
  '"%1" has no IPv6 address there': '"%1"에는 그곳의 IPv6 주소가 없습니다',
  '"%1" has no IPv6 gateway on "%2"': '"%1"에는 "%2" 네트워크의 IPv6 게이트웨이가 없습니다',
  '"%1" has no address there': '"%1"에는 그곳의 주소가 없습니다',
  '"%1" has no closing brace': '"%1"에 닫는 중괄호가 없습니다',
  '"%1" has no gateway on "%2"': '"%1"에는 "%2" 네트워크의 게이트웨이가 없습니다',
  '"%1" has no interface on "%2"': '"%1"에는 "%2" 네트워크의 인터페이스가 없습니다',
  '"%1" has no place in an included file': 'include로 불러온 파일에는 "%1" 키를 쓸 수 없습니다',
  '"%1" has no port from 1 to 65535 after the colon': '"%1"의 콜론 뒤에 1부터 65535까지의 포트가 없습니다',
  '"%1" in %2': '%2의 "%1"',
  '"%1" is a remark to a shell, so nothing of it is run': '"%1" 줄은 셸에서 주석이므로 실행되지 않습니다',
  '"%1" is a service; its tasks have that': '"%1" 항목은 서비스이고, 그 값은 태스크에 있습니다',
  '"%1" is left out for its "profiles:"; delete them, or give those who need it the same.':
    '"%1" 서비스는 "profiles:" 때문에 빠졌습니다. profiles를 지우거나, 이 서비스가 필요한 쪽에도 같은 profiles를 적습니다.',
  '"%1" is marked "expect: error", but Docker does it':
    '"%1" 명령에 "expect: error"가 있지만 Docker에서는 성공합니다',
  '"%1" is no key of a docker-network fence': 'docker-network 펜스에 "%1" 키는 없습니다',
  '"%1" is no packet\'s way': '"%1" 값은 패킷의 경로가 아닙니다',
  '"%1" is no part of a figure': '그림에 "%1" 부분은 없습니다',
  '"%1" is no release of %2': '"%1" 값은 %2의 버전이 아닙니다',
  '"%1" is not run here, so the names it would give are missing':
    '"%1" 부분은 여기서 실행하지 않으므로 그 결과로 나올 이름이 빠집니다',
  '"%1" is not the same in all models: %2': '"%1" 값이 모델마다 다릅니다: %2',
  '"%1" is written here': '"%1"의 정의는 여기에 있습니다',
  '"%1" keeps the id of the network "%2" that it ran on, and this one is another. Join it: %3.':
    '"%1" 컨테이너는 전에 실행되던 "%2" 네트워크의 ID를 기억하는데, 지금의 네트워크는 다른 것입니다. 새로 연결합니다: %3.',
  '"%1" keeps the id of the network "%2" that it ran on. Run %3, then %4.':
    '"%1" 컨테이너는 전에 실행되던 "%2" 네트워크의 ID를 기억합니다. %3 다음에 %4 순서로 실행합니다.',
  '"%1" means %2 containers': '"%1" 이름의 컨테이너가 %2개입니다',
  '"%1" means %2 networks': '"%1" 이름의 네트워크가 %2개입니다',
  '"%1" must be a map': '"%1"의 값은 맵이어야 합니다',
  '"%1" names no variable': '"%1"에 변수 이름이 없습니다',
  '"%1" of "%2"': '"%2"의 "%1"',
  '"%1" of "%2" in %3': '%3에 있는 "%2"의 "%1"',
  '"%1" of %2': '%2의 "%1"',
  '"%1" of %2 is not simulated: %3': '%2의 "%1" 설정은 시뮬레이션하지 않습니다: %3',
  '"%1" of a port': '포트의 "%1"',
  '"%1" of host "%2"': '호스트 "%2"의 "%1"',
  '"%1" of network "%2"': '네트워크 "%2"의 "%1"',
  '"%1" of service "%2"': '서비스 "%2"의 "%1"',
  '"%1" of the figure': '그림의 "%1"',
  '"base" in %1': '%1의 "base"',
  '"default-addr-pool" of swarm': 'swarm의 "default-addr-pool"',
  '"expect" of a command': '명령의 "expect"',
  '"extends" is not read under "files:"': '"files:" 아래의 "extends"는 읽지 않습니다',
  '"extends" names no service': '"extends"에 서비스 이름이 없습니다',
  '"files"': '"files"',
  '"files:" are for docker compose; a stack is the block':
    '"files:"는 docker compose가 읽는 파일이고, 스택은 블록 자체입니다',
  '"host" of a command': '명령의 "host"',
  '"include" must be a list': '"include"는 목록이어야 합니다',
  '"mask-length" of swarm': 'swarm의 "mask-length"',
  '"name" of the underlay': 'underlay의 "name"',
  '"networks"': '"networks"',
  '"run" of a command': '명령의 "run"',
  '"services"': '"services"',
  '"size" in %1': '%1의 "size"',
  '"subnet" of the underlay': 'underlay의 "subnet"',
  '%1 %2 is not simulated': '%1 %2 명령은 시뮬레이션하지 않습니다',
  "%1 Or %2: the model's own commands; %3: what a step changed.":
    '%1 그 밖에 %2(모델의 명령), %3(단계가 바꾼 것)도 쓸 수 있습니다.',
  '%1 Or fix the order with depends_on.': '%1 또는 depends_on으로 순서를 정합니다.',
  '%1 and %2': '%1, %2',
  '%1 and %2 more': '%1 외 %2개',
  '%1 cannot be "%2"': '%1에는 "%2" 값을 쓸 수 없습니다',
  '%1 cannot be read': '%1 파일을 읽을 수 없습니다',
  '%1 down with services is not simulated': '서비스 이름을 붙인 %1 down은 시뮬레이션하지 않습니다',
  '%1 has no address: "%2"': '%1에 주소가 없습니다: "%2"',
  '%1 has no effect on "%2": "docker compose up" makes plain containers':
    '"%2"에 적은 %1 설정은 효과가 없습니다. "docker compose up"은 보통 컨테이너를 만듭니다',
  '%1 has no effect on the swarm service "%2"': '%1 설정은 Swarm 서비스 "%2"에 효과가 없습니다',
  '%1 has no effect: a swarm service cannot have a static address':
    '%1 주소는 효과가 없습니다. Swarm 서비스에는 고정 주소를 줄 수 없습니다',
  '%1 has no key "%2"': '%1에 "%2" 키는 없습니다',
  '%1 has no port: "%2"': '%1에 포트가 없습니다: "%2"',
  '%1 has no value': '%1에 값이 없습니다',
  '%1 is "%2", which is not simulated: another program would give the addresses':
    '%1에 적힌 "%2" 값은 시뮬레이션하지 않습니다. 다른 프로그램이 주소를 정하기 때문입니다',
  '%1 is %2 here, and %3 in what it goes over': '%1 자리에 여기서는 %2, 덮어쓸 원본에는 %3 형식이 있습니다',
  '%1 is %2: write an address %3, or leave it out.': '%1의 범위는 %2입니다. %3의 주소를 적거나 지웁니다.',
  '%1 is %2; write another address of %3, or leave it out.':
    '%1 주소는 %2입니다. %3의 다른 주소를 적거나 지웁니다.',
  '%1 is an IPv%2 address: "%3"': '%1에 IPv%2 주소가 적혀 있습니다: "%3"',
  '%1 is larger than 1 MiB': '%1 파일이 1 MiB보다 큽니다',
  '%1 is not a file': '%1 경로에 있는 것은 파일이 아닙니다',
  '%1 is not a valid mac address': '%1 값은 MAC 주소가 아닙니다',
  '%1 is not an IP address: "%2"': '%1의 값이 IP 주소가 아닙니다: "%2"',
  '%1 is not followed: %2': '%1 파일을 따라가지 않습니다: %2',
  '%1 is not in CIDR notation: "%2"': '%1의 값이 CIDR 표기가 아닙니다: "%2"',
  '%1 is not read: models are .yaml, .yml and .json files, variables .env files, in no folder that begins with a dot':
    '%1 파일은 읽지 않습니다. 모델은 .yaml, .yml, .json 파일에, 변수는 .env 파일에 두고, 점으로 시작하는 폴더에는 두지 않습니다',
  '%1 is not read: src= takes .yaml, .yml and .json files, none under a name that begins with a dot':
    '%1 파일은 읽지 않습니다. src=에는 .yaml, .yml, .json 파일만 쓸 수 있고, 점으로 시작하는 이름 아래의 파일은 쓸 수 없습니다',
  '%1 is not simulated': '%1 명령은 시뮬레이션하지 않습니다',
  '%1 is not there': '%1 파일이 없습니다',
  '%1 is outside of the project': '%1 파일이 프로젝트 밖에 있습니다',
  '%1 is the address of %2, not of %3': '%1 주소의 주인은 %3 쪽이 아니라 %2 쪽입니다',
  '%1 is too large, or one of more than %2 files': '%1 파일이 너무 크거나, 파일이 %2개를 넘습니다',
  '%1 is true or false, not "%2"': '%1의 값은 true나 false인데 "%2" 값이 적혀 있습니다',
  '%1 is written here': '%1의 정의는 여기에 있습니다',
  '%1 lies in %2 of network "%3", but no model of this post has it':
    '%1 주소는 네트워크 "%3"의 %2 범위에 있지만, 이 글의 어느 모델에도 없습니다',
  '%1 must be %2, not %3': '%1의 형식이 맞지 않습니다. %2 자리에 %3 형식이 적혀 있습니다',
  '%1 must be a list of maps': '%1의 값은 맵의 목록이어야 합니다',
  '%1 must be a whole number; got "%2"': '%1의 값은 정수여야 하는데 "%2" 값이 적혀 있습니다',
  '%1 must be one of %2; got "%3"': '%1의 값은 %2 가운데 하나여야 하는데 "%3" 값이 적혀 있습니다',
  '%1 names "%2" twice': '%1에 "%2" 이름이 두 번 있습니다',
  '%1 or %2': '%1 또는 %2',
  '%1 overlaps %2 of network "%3"; write a subnet outside it, or leave it out.':
    '%1 대역이 네트워크 "%3"의 %2 대역과 겹칩니다. 그 밖의 서브넷을 적거나 지웁니다.',
  '%1 overlaps %2; leave one of them out.': '%1 대역이 %2 대역과 겹칩니다. 둘 중 하나를 지웁니다.',
  '%1 stands in the page as it is written here': '%1 참조는 페이지에 적힌 그대로 남습니다',
  '%1 wait for ever: %2': '%1 태스크가 계속 기다립니다: %2',
  '%1 waits for ever: %2': '%1 태스크가 계속 기다립니다: %2',
  '%1, %2 more': '%1 외 %2개',
  '%1, so the file is taken for a stack on a swarm of one machine':
    '%1. 그래서 이 파일을 호스트 한 대짜리 Swarm의 스택으로 봅니다',
  '%1, so the file is taken for a stack on a swarm of one machine, whose labels are those that placements ask for':
    '%1. 그래서 이 파일을 호스트 한 대짜리 Swarm의 스택으로 보고, 배치 조건이 요구하는 레이블이 그 호스트에 있다고 봅니다',
  '%1: "%2" has no "="': '%1: "%2"에 "=" 기호가 없습니다',
  '%1: network "%2" is %3 in this post': '%1: 이 글에서 네트워크 "%2"의 서브넷은 %3입니다',
  '%1; it is passed over': '%1. 이 키는 건너뜁니다',
  '%1= does not go with steps=, which has a figure for each step':
    '단계마다 그림이 있는 steps=와 %1= 키는 함께 쓸 수 없습니다',
  '%1= is there twice': '%1= 키가 두 번 있습니다',
  '%1=%2, but the model has %3 commands': '%1=%2 값이 적혀 있지만 모델의 명령은 %3개입니다',
  '%1=%2, but the model has 1 command': '%1=%2 값이 적혀 있지만 모델의 명령은 1개입니다',
  '--filter %1 is not simulated: nobody knows how old things are here':
    '--filter %1 조건은 시뮬레이션하지 않습니다. 여기서는 만든 지 얼마나 되었는지 알 수 없습니다',
  '--ipam-driver %1 is not simulated: another program would give the addresses':
    '--ipam-driver %1 설정은 시뮬레이션하지 않습니다. 다른 프로그램이 주소를 정하기 때문입니다',
  '-P publishes nothing of %1: which ports its image exposes is not known here':
    '-P로 게시되는 %1의 포트가 없습니다. 이미지가 EXPOSE한 포트를 여기서는 알 수 없습니다',
  'A bridge has one IPv4 and one IPv6 subnet; make a second network for the other.':
    'bridge 네트워크의 서브넷은 IPv4 하나, IPv6 하나입니다. 나머지는 다른 네트워크로 만듭니다.',
  'A command': '명령',
  'A command has no "run"': '명령에 "run" 키가 없습니다',
  'A command of %1 letters; at most %2 are read': '명령이 %1자입니다. 최대 %2자까지 읽습니다',
  'A command with ": " in it is a map to YAML': '": "이 들어 있는 명령을 YAML은 맵으로 읽습니다',
  'A key is written twice': '키를 두 번 적었습니다',
  'A figure has no part "%1"': '그림에 "%1" 부분은 없습니다',
  'A global service runs once on each node.': 'global 서비스는 노드마다 하나씩 실행됩니다.',
  'A key must be a text': '키는 글이어야 합니다',
  'A machine that is off is not simulated': '꺼진 호스트는 시뮬레이션하지 않습니다',
  'A merge key (<<) takes a map or a list of maps': '병합 키(<<)의 값은 맵이나 맵의 목록입니다',
  'A nameserver is an IP address, not "%1"': '네임서버는 IP 주소인데 "%1" 값이 적혀 있습니다',
  'A newer compose may know it; keys of your own begin with x-.':
    '더 새로운 Compose가 아는 키일 수 있습니다. 자기만의 키는 x-로 시작합니다.',
  'A pool in %1 needs "base" and "size"': '%1에 든 풀에는 "base"와 "size"가 필요합니다',
  'A port': '포트',
  'A port has no "target"': '포트에 "target" 키가 없습니다',
  'A port in host mode is taken once on each node; publish it in ingress mode, or make fewer replicas.':
    'host 모드의 포트는 노드마다 하나만 쓸 수 있습니다. ingress 모드로 게시하거나 복제본을 줄입니다.',
  'A prefix length of IPv%1 goes from 0 to %2.': 'IPv%1의 프리픽스 길이는 0부터 %2까지입니다.',
  'A restart of an engine is not simulated on a node of a swarm: its tasks are replaced by others':
    'Swarm 노드의 엔진 재시작은 시뮬레이션하지 않습니다. 태스크가 다른 것으로 바뀌기 때문입니다',
  'A tab cannot indent YAML': 'YAML에서는 탭으로 들여쓸 수 없습니다',
  'A text of %1 letters has variables; at most %2 are read':
    '변수가 든 글이 %1자입니다. 최대 %2자까지 읽습니다',
  'Add --advertise-addr %1.': '--advertise-addr %1 플래그를 붙입니다.',
  'Add --advertise-addr with the address of the host on the underlay.':
    '물리 네트워크 쪽 호스트 주소로 --advertise-addr 플래그를 붙입니다.',
  'Add --attachable (attachable: true) to the network, or make it a service.':
    '네트워크에 --attachable(attachable: true)을 붙이거나 서비스로 만듭니다.',
  'Add --expose with each port of the image.': '이미지의 포트마다 --expose를 붙입니다.',
  'Add --force: it is the last manager, and the swarm ends with it.':
    '마지막 매니저라서 Swarm이 함께 끝납니다. 그래도 나가려면 --force를 붙입니다.',
  'Add --force: the managers that are left may be too few to agree.':
    '남은 매니저로는 과반을 이루지 못할 수 있습니다. 그래도 나가려면 --force를 붙입니다.',
  'Add --ipv6.': '--ipv6를 붙입니다.',
  'Add --restart unless-stopped (restart: unless-stopped), or live-restore: true under daemon.':
    '--restart unless-stopped(restart: unless-stopped)를 붙이거나, daemon에 live-restore: true를 적습니다.',
  'Add --subnet %1.': '--subnet %1 플래그를 붙입니다.',
  'Add --subnet with the subnet it lies in.': '그 주소가 든 서브넷으로 --subnet을 붙입니다.',
  'Add -d to keep it running, or -it if it is kept open in another terminal.':
    '계속 실행하려면 -d를, 다른 터미널에 열어 두는 것이면 -it를 붙입니다.',
  'An engine that does not run is not simulated': '멈춘 엔진은 시뮬레이션하지 않습니다',
  'An item of "include" names no file': '"include"의 항목에 파일 이름이 없습니다',
  'An item of %1': '%1의 항목',
  'Ask for fewer different steps, or make several models.':
    '서로 다른 단계를 덜 쓰거나, 모델을 여러 개로 나눕니다.',
  'Ask for fewer replicas, networks or ports, or split the block.':
    '복제본, 네트워크, 포트를 줄이거나 블록을 나눕니다.',
  'Choose a container with a network of its own.': '자기 네트워크가 있는 컨테이너를 고릅니다.',
  'Choose a subnet that overlaps no other network, or leave it out.':
    '다른 네트워크와 겹치지 않는 서브넷을 적거나 지웁니다.',
  'Choose an address that is free, or leave it out.': '비어 있는 주소를 적거나 지웁니다.',
  'Choose an earlier step, or another container.': '더 앞 단계나 다른 컨테이너를 고릅니다.',
  'Choose another name, or remove the container of that name first.':
    '다른 이름을 쓰거나, 그 이름의 컨테이너를 먼저 지웁니다.',
  'Choose another name, or remove the network of that name first.':
    '다른 이름을 쓰거나, 그 이름의 네트워크를 먼저 지웁니다.',
  'Choose another name, or remove the service of that name first.':
    '다른 이름을 쓰거나, 그 이름의 서비스를 먼저 지웁니다.',
  'Choose another name: the engine has this network already.':
    '다른 이름을 씁니다. 이 네트워크는 엔진에 이미 있습니다.',
  'Choose another port of the host.': '호스트의 다른 포트를 씁니다.',
  'Choose another subnet, or other default-address-pools.':
    '다른 서브넷이나 다른 default-address-pools를 씁니다.',
  'Choose one: %1.': '하나를 고릅니다: %1.',
  'Close the bracket or quote; put texts with special characters in quotes.':
    '괄호나 따옴표를 닫고, 특수 문자가 든 글은 따옴표로 감쌉니다.',
  'Close the bracket.': '괄호를 닫습니다.',
  'Close the quote %1.': '따옴표 %1 기호를 닫습니다.',
  'Commands begin with "docker", or with a program that only looks, such as ip.':
    '명령은 "docker"나, ip처럼 보기만 하는 프로그램으로 시작합니다.',
  'Commands that matter here: up, down, create, scale.': '여기서 쓰는 명령: up, down, create, scale.',
  'Container "%1" is not running (%2), so there is nothing to see in it':
    '"%1" 컨테이너가 실행 중이 아니라서(%2) 볼 것이 없습니다',
  'Container "%1" shows what its host shows: it uses the host\'s own network':
    '컨테이너 "%1" 안에서는 호스트의 네트워크가 그대로 보입니다',
  'Copy the file into the project.': '파일을 프로젝트 안으로 복사합니다.',
  'Correct the listed ones first.': '나열된 것부터 고칩니다.',
  'Create it first: %1.': '먼저 만듭니다: %1.',
  'Declare it under "networks:".': '"networks:" 아래에 적습니다.',
  'Declare it under "services:".': '"services:" 아래에 적습니다.',
  'Delete "container_name:", or ask for one container.':
    '"container_name:"을 지우거나, 컨테이너를 하나만 만듭니다.',
  'Delete "external:", so that compose creates it. Or create it before docker compose up: %1.':
    'Compose가 만들도록 "external:"을 지웁니다. 또는 docker compose up 전에 만듭니다: %1.',
  'Delete "profiles:", or write the command as docker compose --profile %1 up -d.':
    '"profiles:"를 지우거나 명령을 docker compose --profile %1 up -d 로 적습니다.',
  'Delete "profiles:", or write x-docker-network: { commands: [docker compose --profile %1 up -d] }; or COMPOSE_PROFILES=%2 in the .env beside a file, or --profile %3 on the command line.':
    '"profiles:"를 지우거나 x-docker-network: { commands: [docker compose --profile %1 up -d] } 를 적습니다. 파일이라면 옆의 .env에 COMPOSE_PROFILES=%2, 명령줄이라면 --profile %3 도 됩니다.',
  'Delete it': '지우기',
  'Delete one of them.': '둘 중 하나를 지웁니다.',
  'Delete one of these "extends:".': '이 "extends:" 가운데 하나를 지웁니다.',
  'Delete one of these "include:".': '이 "include:" 가운데 하나를 지웁니다.',
  'Delete one of these depends_on, links or "service:", so that one service can start first.':
    '먼저 시작할 서비스가 생기도록 depends_on, links, "service:" 가운데 하나를 지웁니다.',
  'Delete what is refused, or change it to what the message asks for.':
    '거부된 부분을 지우거나, 메시지가 요구하는 대로 바꿉니다.',
  'Did you mean "%1"?': '혹시 "%1" 말인가요?',
  'Did you mean "%1"? %2': '혹시 "%1" 말인가요? %2',
  'Did you mean %1.%2?': '혹시 %1.%2 말인가요?',
  'Did you mean %1?': '혹시 %1 말인가요?',
  'Did you mean [%1]?': '혹시 [%1] 말인가요?',
  'Docker Compose 2 or later': 'Docker Compose 2 이상',
  'Docker accepts it without an error and only logs it. Choose another subnet or VXLAN id, or give the swarm wider pools.':
    'Docker는 오류 없이 받아들이고 로그에만 남깁니다. 다른 서브넷이나 VXLAN ID를 쓰거나, Swarm에 더 넓은 풀을 줍니다.',
  'Docker leaves the order to chance, and in another one this fails: %1':
    'Docker는 순서를 정해 두지 않으며, 다른 순서에서는 이것이 실패합니다: %1',
  'Docker leaves to chance whether "%1" starts: compose does not wait for the container it shares the network of':
    '"%1" 컨테이너가 시작될지는 실행할 때마다 다릅니다. Compose가 네트워크를 공유하는 컨테이너를 기다리지 않기 때문입니다',
  'Docker leaves to chance which address %1 get on network "%2"; the figure shows one possibility':
    '네트워크 "%2"에서 %1 쪽이 받는 주소는 실행할 때마다 다를 수 있습니다. 그림은 그중 한 가지입니다',
  'Docker leaves to chance which address %1 gets on network "%2"; the figure shows one possibility':
    '네트워크 "%2"에서 %1 쪽이 받는 주소는 실행할 때마다 다를 수 있습니다. 그림은 그중 한 가지입니다',
  'Docker leaves to chance which of the networks %1 gets which subnet; the figure shows one possibility':
    '네트워크 %1 가운데 어느 것이 어느 서브넷을 받을지는 실행할 때마다 다를 수 있습니다. 그림은 그중 한 가지입니다',
  'Docker leaves to chance which subnet network %1 gets; the figure shows one possibility':
    '네트워크 %1의 서브넷은 실행할 때마다 다를 수 있습니다. 그림은 그중 한 가지입니다',
  'Drivers: bridge, overlay, macvlan, ipvlan.': '드라이버: bridge, overlay, macvlan, ipvlan.',
  'Fields: name, alias, ip, ip6, mac-address, link-local-ip, driver-opt, gw-priority (28 and later).':
    '쓸 수 있는 필드: name, alias, ip, ip6, mac-address, link-local-ip, driver-opt, gw-priority(28 이상).',
  'File "%1"': '파일 "%1"',
  'Give %1 a "name:" that comes before the others in the alphabet.':
    '%1에 알파벳순으로 다른 것보다 앞서는 "name:"을 적습니다.',
  'Give %1 a larger subnet, or make fewer replicas: each task, each service and each node takes one.':
    '%1에 더 큰 서브넷을 주거나 복제본을 줄입니다. 태스크, 서비스, 노드마다 주소를 하나씩 씁니다.',
  'Give a host these labels: hosts: { %1: { labels: { %2 } } }.':
    '호스트에 이 레이블을 적습니다: hosts: { %1: { labels: { %2 } } }.',
  'Give it a subnet that overlaps no other, or the swarm wider pools.':
    '다른 것과 겹치지 않는 서브넷을 주거나, Swarm에 더 넓은 풀을 줍니다.',
  'Give it one with mac_address, or use engine 27 or earlier.':
    'mac_address로 정하거나 엔진 27 이하를 씁니다.',
  'Give it to %1, whose sandbox it is.': '샌드박스의 주인인 %1에 붙입니다.',
  'Give the build the right to read it.': '빌드가 읽을 수 있게 권한을 줍니다.',
  'Give the default route to a bridge network, or leave the port out.':
    '기본 경로를 bridge 네트워크로 옮기거나 포트 게시를 뺍니다.',
  'Give the file such a name.': '파일 이름을 그렇게 바꿉니다.',
  'Give the network a bigger subnet or ip_range, or start fewer containers on it.':
    '네트워크에 더 큰 서브넷이나 ip_range를 주거나, 컨테이너를 줄입니다.',
  'Give the network a subnet of its own (ipam.config, --subnet), or leave the address out.':
    '네트워크에 서브넷을 직접 적거나(ipam.config, --subnet) 주소를 지웁니다.',
  'Give the networks subnets of their own, or set default-address-pools under daemon.':
    '네트워크마다 서브넷을 직접 적거나, daemon에 default-address-pools를 적습니다.',
  'Give the swarm other pools: swarm: { default-addr-pool: [10.20.0.0/16] }.':
    'Swarm에 다른 풀을 줍니다: swarm: { default-addr-pool: [10.20.0.0/16] }.',
  'Give this one another name.': '이것의 이름을 바꿉니다.',
  'Have it leave first: [%1] docker swarm leave.': '먼저 나가게 합니다: [%1] docker swarm leave.',
  'Host "%1"': '호스트 "%1"',
  'Hosts of this block: %1.': '이 블록의 호스트: %1.',
  'IPv4 has four parts from 0 to 255.': 'IPv4 주소는 0부터 255까지의 수 네 개입니다.',
  'If # is the prompt, write: %1': '# 기호가 프롬프트라면 이렇게 적습니다: %1',
  'Indent all keys of one map by the same number of spaces.':
    '한 맵의 키는 모두 같은 수의 공백으로 들여씁니다.',
  'Indent with spaces.': '공백으로 들여씁니다.',
  'Invalid ip address: %1': 'IP 주소가 아닙니다: %1',
  'Invalid port format for expose: "%1"': 'expose의 포트 형식이 아닙니다: "%1"',
  'It fails by chance: Docker leaves the order open, and in another one it succeeds.':
    '실패할지는 실행할 때마다 다릅니다. Docker는 순서를 정해 두지 않으며, 다른 순서에서는 성공합니다.',
  'It has %1.': '모델에 있는 것: %1.',
  'It has %1; the first is 1.': '%1개가 있고, 첫 번째는 1입니다.',
  'It has an address of its own outside the host, with every port it listens on: leave the port out.':
    '호스트 밖에서 자기 주소로 바로 접속되고 여는 포트가 모두 열려 있습니다. 포트 게시를 뺍니다.',
  'It has: %1.': '모델에 있는 것: %1.',
  'Join a bridge network as well, or leave the port out.':
    'bridge 네트워크에도 연결하거나 포트 게시를 뺍니다.',
  'Join a network of your own with --network.': '--network로 직접 만든 네트워크에 연결합니다.',
  'Join a network that is not internal as well, or leave the port out.':
    'internal이 아닌 네트워크에도 연결하거나 포트를 지웁니다.',
  'Join a network, or leave the port out.': '네트워크에 연결하거나 포트 게시를 뺍니다.',
  'Join the second with "docker network connect".':
    '두 번째 네트워크는 "docker network connect"로 연결합니다.',
  'Keep the networks and services in a file of their own.': '네트워크와 서비스를 따로 파일에 둡니다.',
  'Known keys: %1. Keys of your own begin with x-.': '쓸 수 있는 키: %1. 자기만의 키는 x-로 시작합니다.',
  'Known: %1.': '쓸 수 있는 것: %1.',
  'Leave %1= or steps= out.': '%1= 또는 steps= 중 하나를 지웁니다.',
  'Leave %1= out, or write commands:.': '%1= 키를 지우거나 commands:를 적습니다.',
  'Leave --scope out: the driver gives it.': '--scope를 지웁니다. 범위는 드라이버가 정합니다.',
  'Leave direction out, unless the Mermaid text is what you want.':
    'Mermaid 코드를 쓸 것이 아니라면 direction을 지웁니다.',
  'Leave "--max-concurrent" out.': '"--max-concurrent"를 지웁니다.',
  'Leave it out, and say in the text what differs.': '지우고, 무엇이 다른지 본문에 적습니다.',
  'Leave it out, or remove what goes by its name.': '지우거나, 이름으로 골라 지우는 명령을 씁니다.',
  'Leave it out, or write what comes of it.': '지우거나, 같은 결과를 내는 명령으로 바꿉니다.',
  'Leave it out.': '지웁니다.',
  'What %1 runs is not read': '%1이(가) 실행하는 명령은 읽지 않습니다',
  'What it listens on is a port of the host already: leave the port out.':
    '컨테이너가 여는 포트가 이미 호스트의 포트입니다. 포트 게시를 뺍니다.',
  'Write the docker command itself.': 'docker 명령을 그대로 적습니다.',
  'Writing to %1': '%1에 쓰기',
  '%1 changes the machine, which is not simulated': '%1: 호스트를 바꾸는 명령은 흉내 내지 않습니다',
  'Leave it out, and say in the text what differs. Settings of the engine are written under daemon:, of a machine under hosts:.':
    '지우고, 무엇이 다른지 본문에 적습니다. 엔진 설정은 daemon: 아래에, 호스트 설정은 hosts: 아래에 적습니다.',
  'write it as --advertise-addr at docker swarm init': 'docker swarm init의 --advertise-addr로 적습니다',
  '"%1" has no network: the container whose network it used is gone':
    '"%1" 컨테이너에는 네트워크가 없습니다. 네트워크를 함께 쓰던 컨테이너가 지워졌습니다',
  '"%1" has no network: "%2", whose network it used, was started anew':
    '"%1" 컨테이너에는 네트워크가 없습니다. 네트워크를 함께 쓰던 "%2" 컨테이너가 다시 시작되었습니다',
  'Make "%1" anew, with the network of a container that is there.':
    '있는 컨테이너의 네트워크를 쓰도록 "%1" 컨테이너를 다시 만듭니다.',
  'Start it anew, too: docker restart %1.': '이 컨테이너도 다시 시작합니다: docker restart %1.',
  'Write a fixed-cidr inside of %1 under daemon, or leave it out.':
    'daemon 아래에 %1 안의 fixed-cidr를 적거나 지웁니다.',
  'Leave it out. Or take it off first: docker network disconnect %1 %2.':
    '지웁니다. 또는 먼저 연결을 끊습니다: docker network disconnect %1 %2.',
  'Leave it out: an endpoint on an overlay has the MAC of its address.':
    '지웁니다. overlay 엔드포인트의 MAC은 주소에서 정해집니다.',
  'Leave it out: every port is open between tasks on one network.':
    '지웁니다. 한 네트워크의 태스크 사이에서는 모든 포트가 열려 있습니다.',
  'Leave it out: services find each other by name on a shared network.':
    '지웁니다. 서비스는 함께 쓰는 네트워크에서 이름으로 서로를 찾습니다.',
  'Leave it out: swarm names the containers of its tasks SERVICE.SLOT.ID.':
    '지웁니다. Swarm은 태스크의 컨테이너 이름을 SERVICE.SLOT.ID 형식으로 짓습니다.',
  'Leave it out: swarm starts all services at once.': '지웁니다. Swarm은 모든 서비스를 한꺼번에 시작합니다.',
  'Leave one of the two out.': '둘 중 하나를 지웁니다.',
  'Leave one of them.': '하나만 남깁니다.',
  'Leave only `figure:` in the body, or take use= out.': '본문에 `figure:`만 남기거나 use=를 지웁니다.',
  'Leave out --network, or join a network of your own.':
    '--network를 지우거나, 직접 만든 네트워크에 연결합니다.',
  'Leave out what does not touch networking.': '네트워크와 관계없는 부분을 지웁니다.',
  'Leave since= out.': 'since=를 지웁니다.',
  'Leave the address out: "%1" has none.': '주소를 지웁니다. "%1" 네트워크에는 주소가 없습니다.',
  'Leave the address out: the manager gives out the next free one.':
    '주소를 지웁니다. 매니저가 비어 있는 다음 주소를 할당합니다.',
  'Leave the alias out, or make a network: docker network create NAME.':
    '별칭을 지우거나 네트워크를 만듭니다: docker network create NAME.',
  'Leave the command out, or type docker swarm init first.':
    '명령을 지우거나, 먼저 docker swarm init을 실행합니다.',
  'Leave the command out, or type docker swarm leave --force first.':
    '명령을 지우거나, 먼저 docker swarm leave --force를 실행합니다.',
  'Leave the command out: a global service has one task on each node.':
    '명령을 지웁니다. global 서비스의 태스크는 노드마다 하나입니다.',
  'Leave the command out: the container is not on that network.':
    '명령을 지웁니다. 컨테이너가 그 네트워크에 없습니다.',
  'Leave the command out: the container is on that network already.':
    '명령을 지웁니다. 컨테이너가 이미 그 네트워크에 있습니다.',
  'Leave the command out; or write "expect: error" beside it if its failure is to be shown.':
    '명령을 지우거나, 실패를 보여 주려는 것이면 옆에 "expect: error"를 적습니다.',
  'Leave the line with the directive out: it is ignored.':
    '지시자(directive)가 든 줄을 지웁니다. 읽지 않는 줄입니다.',
  'Leave the link out, and put both on one network: they find each other there by name.':
    '링크를 지우고 둘을 한 네트워크에 둡니다. 그곳에서는 이름으로 서로를 찾습니다.',
  'Leave the reference out here.': '여기의 참조를 지웁니다.',
  'Leave the tag out: it is ignored.': '태그를 지웁니다. 읽지 않는 태그입니다.',
  'Lists and maps are nested more than %1 deep': '목록과 맵이 %1단계 넘게 겹쳐 있습니다',
  'Machines that left are nodes still; Docker tells them apart by their ids alone.':
    '떠난 호스트도 노드로 남아 있어서, Docker는 ID로만 구별합니다.',
  'Make a network from it: %1.': '그것으로 네트워크를 만듭니다: %1.',
  'Models: %1.': '모델: %1.',
  'More than %1 problems; the rest is not listed': '문제가 %1개를 넘어 나머지는 나열하지 않습니다',
  'Name a YAML file.': 'YAML 파일을 적습니다.',
  'Name a block of this post: docker-network model=%1.':
    '이 글의 블록에 이름을 붙입니다: docker-network model=%1.',
  'Name a compose file or a topology file.': 'compose 파일이나 토폴로지 파일을 적습니다.',
  'Name another network: services cannot use this one.':
    '다른 네트워크를 적습니다. 이것은 서비스가 쓸 수 없습니다.',
  'Name it once.': '한 번만 적습니다.',
  'Name it under "networks:" of a service, or delete it.': '서비스의 "networks:"에 적거나 지웁니다.',
  'Name networks under "networks:"; the network of the host is one with external: true and name: host.':
    '"networks:" 아래에 네트워크를 적습니다. 호스트의 네트워크는 external: true와 name: host로 적습니다.',
  'Name one network at docker run, and add the others with docker network connect.':
    'docker run에는 네트워크를 하나만 적고, 나머지는 docker network connect로 연결합니다.',
  'Network "%1"': '네트워크 "%1"',
  'Container "%1" is made outside of this file; the figure takes it for one on the default bridge':
    '"%1" 컨테이너는 이 파일 밖에서 만들어집니다. 그림에서는 기본 bridge에 있는 컨테이너로 봅니다',
  'Network "%1" is made outside of this file; the figure takes it for a bridge network of the default pools, and nobody else is on it':
    '"%1" 네트워크는 이 파일 밖에서 만들어집니다. 그림에서는 기본 풀의 bridge 네트워크이고 다른 컨테이너는 없다고 봅니다',
  'Say what it is, before the other commands: %1.': '다른 명령보다 앞에 실제 모습을 적습니다: %1.',
  'Write what it is: x-docker-network: { commands: [%1, docker compose up -d] }.':
    '실제 모습을 적습니다: x-docker-network: { commands: [%1, docker compose up -d] }.',
  'Network %1 is made outside of this file; the figure takes it for a %2 network with the subnet %3, and nobody else is on it':
    '%1 네트워크는 이 파일 밖에서 만들어집니다. 그림에서는 서브넷이 %3인 %2 네트워크이고 다른 컨테이너는 없다고 봅니다',
  'Network %1 is made outside of this file; the figure takes it for an %2 network with the subnet %3, and nobody else is on it':
    '%1 네트워크는 이 파일 밖에서 만들어집니다. 그림에서는 서브넷이 %3인 %2 네트워크이고 다른 컨테이너는 없다고 봅니다',
  'Networks %1 are made outside of this file; the figure takes them for %2 networks with subnets that may be others, and nobody else is on them':
    '%1 네트워크는 이 파일 밖에서 만들어집니다. 그림에서는 %2 네트워크이고 다른 컨테이너는 없다고 봅니다. 서브넷은 실제와 다를 수 있습니다',
  'Networks of size /%1 do not fit a pool of %2': '/%1 크기의 네트워크는 %2 풀에 들어가지 않습니다',
  'No anchor stands before this alias': '이 별칭이 가리키는 앵커가 앞에 없습니다',
  'No block of this post has "model=NAME".': '이 글에는 "model=이름"을 쓴 블록이 없습니다.',
  'No part of the language needs more than 7 levels.': '일곱 단계면 무엇이든 적을 수 있습니다.',
  'No service joins network "%1", so it is not created':
    '"%1" 네트워크를 쓰는 서비스가 없어서 만들어지지 않습니다',
  'Nodes: %1.': '노드: %1.',
  'Not a route: "%1"': '라우트가 아닙니다: "%1"',
  'Nothing changes: "%1" is on network "%2" already, and keeps what it was created with there':
    '바뀌는 것이 없습니다. "%1" 컨테이너는 이미 네트워크 "%2"에 있고, 만들 때의 설정이 그대로 남습니다',
  'Nothing changes: "%1" is on network "%2" already, and keeps what it was given there':
    '바뀌는 것이 없습니다. "%1" 컨테이너는 이미 네트워크 "%2"에 있고, 처음 받은 설정이 그대로 남습니다',
  'Nothing of "%1" is published: %2 are networks of the driver %3':
    '"%1"의 포트는 게시되지 않습니다. %2 네트워크의 드라이버가 %3입니다',
  'Nothing of "%1" is published: %2 is a network of the driver %3':
    '"%1"의 포트는 게시되지 않습니다. %2 네트워크의 드라이버가 %3입니다',
  'Nothing of "%1" is published: it uses the network of its host':
    '"%1"의 포트는 게시되지 않습니다. 호스트의 네트워크를 그대로 씁니다',
  'Nothing of "%1" is published: its default route goes by "%2", a network of the driver %3':
    '"%1"의 포트는 게시되지 않습니다. 기본 경로가 드라이버가 %3인 "%2" 네트워크로 나갑니다',
  'Nothing of "%1" is published: its network mode is none':
    '"%1"의 포트는 게시되지 않습니다. 네트워크 모드가 none입니다',
  'Nothing of "%1" is published: %2 are internal':
    '"%1"의 포트는 게시되지 않습니다. %2 네트워크가 모두 internal입니다',
  'Nothing of "%1" is published: %2 is internal':
    '"%1"의 포트는 게시되지 않습니다. %2 네트워크가 internal입니다',
  'Parts: %1.': '쓸 수 있는 부분: %1.',
  'Paste what "docker compose config" prints, without its "environment:", which has the passwords of .env in clear.':
    '"docker compose config"의 출력을 붙여 넣되, .env의 비밀번호가 그대로 든 "environment:"는 뺍니다.',
  'Paths start at the folder of the file that names them.': '경로는 그것을 적은 파일의 폴더에서 시작합니다.',
  'Paths start at the folder of the post.': '경로는 글이 있는 폴더에서 시작합니다.',
  'Port %1 of the host is taken by "%2"; publish another, such as %3.':
    '호스트의 %1번 포트는 "%2" 컨테이너가 쓰고 있습니다. %3번 같은 다른 포트를 씁니다.',
  'Port %1 of the host is taken; publish another, such as %2.':
    '호스트의 %1번 포트는 이미 쓰이고 있습니다. %2번 같은 다른 포트를 씁니다.',
  'Port %1/%2 is published twice, by "%3" and "%4"': '%1/%2 포트를 "%3", "%4" 두 곳에서 게시합니다',
  'Ports are numbers from 1 to 65535.': '포트는 1부터 65535까지의 수입니다.',
  'Ports go from 1 to 65535.': '포트는 1부터 65535까지입니다.',
  'Prints: %1.': '출력 종류: %1.',
  'Promote another node first: docker node promote NODE.':
    '다른 노드를 먼저 승격합니다: docker node promote NODE.',
  'Properties: %1.': '쓸 수 있는 속성: %1.',
  'Publish a port by its number: published=8080,target=80.':
    '포트를 번호로 게시합니다: published=8080,target=80.',
  'Publish another port of the host.': '호스트의 다른 포트로 게시합니다.',
  'Publish another port than %1, or leave it free on that host.':
    '%1번이 아닌 포트로 게시하거나, 그 호스트에서 그 포트를 비워 둡니다.',
  'Publish fewer ports.': '게시하는 포트를 줄입니다.',
  'Publish the port in mode=host, or leave the endpoint mode out.':
    '포트를 mode=host로 게시하거나 endpoint mode를 지웁니다.',
  'Put a command with [host] in front in quotes: "[node1] docker …".':
    '앞에 [호스트]가 붙은 명령은 따옴표로 감쌉니다: "[node1] docker …".',
  'Put texts that contain ": " or begin with a special character in quotes, and close every bracket.':
    '": "이 들어 있거나 특수 문자로 시작하는 글은 따옴표로 감싸고, 괄호를 모두 닫습니다.',
  'Put texts that contain ": " or begin with a special character in quotes.':
    '": "이 들어 있거나 특수 문자로 시작하는 글은 따옴표로 감쌉니다.',
  'Put the model in a YAML file of the project.': '모델을 프로젝트의 YAML 파일에 적습니다.',
  'Put the text in quotes if no alias is meant.': '별칭이 아니라면 글을 따옴표로 감쌉니다.',
  'Put the whole command in quotes: "[node1] docker …".':
    '명령 전체를 따옴표로 감쌉니다: "[node1] docker …".',
  'Remove "expect: error".': '"expect: error"를 지웁니다.',
  'Remove the networks made from it first.': '그것으로 만든 네트워크를 먼저 지웁니다.',
  'Remove the services that use it first, with docker service rm.':
    '쓰고 있는 서비스를 먼저 docker service rm으로 지웁니다.',
  'See "%1 --help".': '"%1 --help" 출력을 봅니다.',
  'See "docker %1 --help".': '"docker %1 --help" 출력을 봅니다.',
  'See "docker --help".': '"docker --help" 출력을 봅니다.',
  'Service "%1"': '서비스 "%1"',
  'Service "%1" has %2 containers': '서비스 "%1"의 컨테이너는 %2개입니다',
  'Service "%1" is left out: compose starts it only with its profile "%2"':
    '"%1" 서비스는 빠집니다. Compose는 "%2" 프로필을 켰을 때만 시작합니다',
  'Services there: %1.': '그곳의 서비스: %1.',
  'Set the option com.docker.network.bridge.name.': 'com.docker.network.bridge.name 옵션을 적습니다.',
  'Several containers of one service cannot have one port of the host: write "swarm: true", or a range such as %1.':
    '한 서비스의 여러 컨테이너가 호스트의 포트 하나를 함께 쓸 수 없습니다. "swarm: true"나 %1 같은 범위를 적습니다.',
  'Several files at once are not put together here': '여기서는 파일 여러 개를 합치지 않습니다',
  'Split it into several blocks, or use replicas.': '블록을 여러 개로 나누거나 replicas를 씁니다.',
  'Split it, or use replicas.': '나누거나 replicas를 씁니다.',
  'Start it first: %1.': '먼저 시작합니다: %1.',
  'Step %1 of %2 is not there: %3 commands': '%2의 %1단계가 없습니다. 명령은 %3개입니다',
  'Stop it first: %1.': '먼저 멈춥니다: %1.',
  'Stop, remove or disconnect its containers first.':
    '네트워크의 컨테이너를 먼저 멈추거나, 지우거나, 연결을 끊습니다.',
  'Subnet %1 of network "%2" has no effect: IPv6 is off':
    '네트워크 "%2"의 서브넷 %1 설정은 효과가 없습니다. IPv6가 꺼져 있습니다',
  'Subnet %1 of network "%2" overlaps %3 %4: hosts there cannot be reached from its containers':
    '네트워크 "%2"의 서브넷 %1 대역이 %3 %4 대역과 겹쳐서, 컨테이너에서 그쪽 호스트에 닿지 못합니다',
  'Tasks of "%1" end, and have no address then: it is a job, of which "docker service ls" says 0/%2 (%3/%4 completed)':
    '"%1"의 태스크는 끝나고, 그러면 주소가 없습니다. 잡(job)이라서 "docker service ls"에는 0/%2 (%3/%4 completed)로 나옵니다',
  'The address of "%1" is an IP address, not "%2"': '"%1"의 주소는 IP 주소인데 "%2" 값이 적혀 있습니다',
  'The aliases of this block lead to more than %1 values or letters':
    '이 블록의 별칭을 따라가면 값이나 글자가 %1개를 넘습니다',
  'The anchor of this alias contains itself': '이 별칭이 가리키는 앵커 안에 자기 자신이 들어 있습니다',
  'The block': '블록',
  'The block asks for %1 %2; at most %3 are planned':
    '블록이 요구하는 %2 수가 %1개입니다. 최대 %3개까지 계산합니다',
  'The block has %1 %2; at most %3 are read': '블록의 %2 수가 %1개입니다. 최대 %3개까지 읽습니다',
  'The block has %1 characters; at most %2 are read': '블록이 %1자입니다. 최대 %2자까지 읽습니다',
  'The block is empty': '블록이 비어 있습니다',
  'The default route of "%1" goes by "%2", not by "%3": priority decides which network is joined first, and the route goes by the networks\' names':
    '"%1"의 기본 경로는 "%3" 쪽이 아니라 "%2" 쪽입니다. priority는 먼저 연결할 네트워크를 정할 뿐이고, 경로는 네트워크 이름 순서를 따릅니다',
  'The figure shows them while they run; for tasks that stay write mode: replicated or global.':
    '그림은 실행 중인 상태입니다. 계속 실행할 태스크라면 mode: replicated 또는 global을 적습니다.',
  'The first is 1.': '첫 번째는 1입니다.',
  'The icon of "%1"': '"%1"의 아이콘',
  'The key "%1" is written twice': '"%1" 키를 두 번 적었습니다',
  'The keys are %1.': '쓸 수 있는 키: %1.',
  'The model has no %1 "%2"': '모델에 "%2" %1 항목이 없습니다',
  'The model has no commands %1 to %2': '모델에 %1번부터 %2번까지의 명령이 없습니다',
  'The models of this post are %1.': '이 글의 모델: %1.',
  'The network name "%1" has characters that compose does not take':
    '네트워크 이름 "%1"에 Compose가 받지 않는 글자가 있습니다',
  'The parts are %1, with commas between them.': '쓸 수 있는 부분은 %1이고, 쉼표로 구분합니다.',
  'The quote does not end': '따옴표가 닫히지 않았습니다',
  'The restart stops %1: it has no restart policy':
    '다시 시작하면 %1 컨테이너가 멈춥니다. 재시작 정책이 없습니다',
  'The restart stops %1: they have no restart policy':
    '다시 시작하면 %1 컨테이너가 멈춥니다. 재시작 정책이 없습니다',
  'The rules of engine "%1" are not known': '엔진 "%1"의 규칙을 알지 못합니다',
  'The service name "%1" has characters that compose does not take':
    '서비스 이름 "%1"에 Compose가 받지 않는 글자가 있습니다',
  'The service publishes more than %1 ports; that many are read':
    '서비스가 게시하는 포트가 %1개를 넘습니다. 그만큼만 읽습니다',
  'The steps that the post asks for run more than %1 commands of this model together':
    '글에서 쓰는 단계들이 이 모델의 명령을 모두 %1개 넘게 실행합니다',
  'The subnet': '서브넷',
  'The variable %1 is not set here and counts as empty': '변수 %1의 값이 없어서 빈 값으로 봅니다',
  'There are %1.': '있는 값: %1.',
  'There is no host "%1"': '"%1" 호스트가 없습니다',
  'There is no model "%1"': '"%1" 모델이 없습니다',
  'There is no print "%1"': '"%1" 출력은 없습니다',
  'There is no value "%1"': '"%1" 값이 없습니다',
  'This line names no variable': '이 줄에 변수 이름이 없습니다',
  'This post has no model': '이 글에 모델이 없습니다',
  'This print needs a container': '이 출력에는 컨테이너 이름이 필요합니다',
  'This print needs a host': '이 출력에는 호스트 이름이 필요합니다',
  'This print needs a network': '이 출력에는 네트워크 이름이 필요합니다',
  'To have its value there, write docker-network behind the language: %1 docker-network.':
    '그 자리에 값을 넣으려면 언어 뒤에 docker-network를 적습니다: %1 docker-network.',
  '%1: write the replicas as services of their own, each with ipv4_address':
    '%1의 복제본을 서로 다른 서비스로 나누어 적고 각각에 ipv4_address를 적습니다',
  'To pin it: %1 and %2, or depends_on.': '고정하려면: %1, %2 두 가지 또는 depends_on을 적습니다.',
  'To pin it: %1, or depends_on.': '고정하려면: %1 또는 depends_on을 적습니다.',
  'To pin it: %1.': '고정하려면: %1.',
  'To pin them: networks: { %1 }.': '고정하려면: networks: { %1 }.',
  'Too few managers are left to agree on anything: keep more than half of them.':
    '남은 매니저가 과반이 되지 않습니다. 절반 넘게 남겨 둡니다.',
  'Use "docker %1" with the names of the containers.': '컨테이너 이름으로 "docker %1" 명령을 씁니다.',
  'Use a network of your own (docker network create mynet, then --network mynet), or leave the address out.':
    '직접 만든 네트워크를 쓰거나(docker network create mynet 다음에 --network mynet) 주소를 지웁니다.',
  'Use an overlay network: %1.': 'overlay 네트워크를 씁니다: %1.',
  'Use another parent interface, or a VLAN of it such as eth0.10.':
    '다른 상위 인터페이스나 eth0.10 같은 VLAN을 씁니다.',
  'Use at least two letters, digits, "_", "." or "-", the first a letter or digit.':
    '영문자, 숫자, "_", ".", "-"를 두 글자 이상 쓰고, 첫 글자는 영문자나 숫자로 합니다.',
  'Use deploy.replicas.': 'deploy.replicas를 씁니다.',
  'Use letters, digits, ".", "_" and "-", at most 63, the first a letter or digit.':
    '영문자, 숫자, ".", "_", "-"를 63자까지 쓰고, 첫 글자는 영문자나 숫자로 합니다.',
  'Use letters, digits, ".", "_" and "-".': '영문자, 숫자, ".", "_", "-"를 씁니다.',
  'Use letters, digits, ".", "_" and "-": %1.': '영문자, 숫자, ".", "_", "-"를 씁니다: %1.',
  'Write "%1: { swarm: true }", or other keys of a docker-network block.':
    '"%1: { swarm: true }"처럼 docker-network 블록의 키를 적습니다.',
  'Write "- " in front of each item.': '항목마다 앞에 "- "를 적습니다.',
  'Write "- docker …", or "- run: docker …" with "expect: error" below it.':
    '"- docker …"로 적거나, "- run: docker …" 아래에 "expect: error"를 적습니다.',
  'Write "- other.yaml", or "- path: other.yaml".': '"- other.yaml"이나 "- path: other.yaml"로 적습니다.',
  'Write "172.20.5.0/24 via 198.51.100.9" or "172.20.5.0/24 dev wg0".':
    '"172.20.5.0/24 via 198.51.100.9"나 "172.20.5.0/24 dev wg0"처럼 적습니다.',
  'Write "HOST:CONTAINER", such as "8000:5000", or "127.0.0.1:8000:5000/tcp".':
    '"8000:5000"이나 "127.0.0.1:8000:5000/tcp"처럼 "호스트:컨테이너"로 적습니다.',
  'Write "KEY: VALUE" lines; keys: %1.': '"키: 값" 줄로 적습니다. 쓸 수 있는 키: %1.',
  'Write "NAME: {}" for each, one a line.': '한 줄에 하나씩 "이름: {}"으로 적습니다.',
  'Write "network_mode: %1" in the place of "networks:".':
    '"networks:" 대신 "network_mode: %1" 줄을 적습니다.',
  'Write "reboot" for a machine that comes back.': '다시 켜지는 호스트라면 "reboot"을 적습니다.',
  'Write "services:" or "commands:", for example "services: { web: {} }".':
    '"services: { web: {} }"처럼 "services:"나 "commands:"를 적습니다.',
  'Write "swarm: true" and leave "docker compose up" to "docker stack deploy", or delete %1.':
    '"swarm: true"를 적고 "docker compose up" 대신 "docker stack deploy"를 쓰거나, %1 설정을 지웁니다.',
  'Write "swarm: true", or run docker swarm init first; type it on a manager.':
    '"swarm: true"를 적거나 먼저 docker swarm init을 실행합니다. 명령은 매니저에서 실행합니다.',
  'Write "systemctl restart docker" for a stop and the start after it.':
    '멈췄다가 다시 시작하는 것이면 "systemctl restart docker"를 적습니다.',
  'Write $$ for each dollar sign, or a shorter text.': '달러 기호마다 $$로 적거나 글을 줄입니다.',
  'Write %1': '%1 적기',
  'Write %1 %2.': '%1 %2 형식으로 적습니다.',
  'Write %1 at its end.': '끝에 %1 기호를 적습니다.',
  'Write %1%2.': '%1%2 형식으로 적습니다.',
  'Write %1, or "%2: !override" to replace it.':
    '%1 형식으로 적거나, 통째로 바꾸려면 "%2: !override"로 적습니다.',
  'Write %1, or $$ for a dollar sign.': '%1 형식으로 적거나, 달러 기호 자체라면 $$로 적습니다.',
  'Write %1, or %2=value in %3.': '%1 형식으로 적거나, %3 파일에 %2=값을 적습니다.',
  'Write %1.': '이렇게 적습니다: %1.',
  'Write %1.%2, or %3.vip.': '%1.%2 또는 %3.vip 경로를 적습니다.',
  'Write %1/%2, without the leading zero.': '앞의 0을 빼고 %1/%2 형식으로 적습니다.',
  'Write %1="…", with straight quotes on both ends.': '양쪽에 곧은 따옴표를 써서 %1="…" 형식으로 적습니다.',
  'Write %1=%2.': '%1=%2 형식으로 적습니다.',
  'Write %1=1.': '%1=1 형식으로 적습니다.',
  'Write %1=…, in quotes when it has blanks.': '%1=… 형식으로 적고, 공백이 있으면 따옴표로 감쌉니다.',
  'Write /tcp, /udp or /sctp.': '/tcp, /udp, /sctp 가운데 하나를 적습니다.',
  'Write 8080:80, or published=8080,target=80,mode=host.':
    '8080:80이나 published=8080,target=80,mode=host로 적습니다.',
  'Write FROM -> TO, for example "web -> db:5432" or "client -> web:8000".':
    '"web -> db:5432"나 "client -> web:8000"처럼 출발지 -> 목적지 형식으로 적습니다.',
  'Write HOST:CONTAINER, such as 8000:5000.': '8000:5000처럼 호스트:컨테이너로 적습니다.',
  'Write KEY=VALUE, or a map.': '키=값이나 맵으로 적습니다.',
  'Write NAME:ADDRESS, such as "db.example:10.1.2.3", or NAME:host-gateway.':
    '"db.example:10.1.2.3"처럼 이름:주소로 적거나, 이름:host-gateway로 적습니다.',
  'Write NAME=value, one a line; comments begin with #.':
    '한 줄에 하나씩 이름=값으로 적습니다. 주석은 #로 시작합니다.',
  'Write SERVICE=NUMBER, such as web=3.': 'web=3처럼 서비스=개수로 적습니다.',
  'Write SERVICE=REPLICAS, such as web=3.': 'web=3처럼 서비스=복제본 수로 적습니다.',
  'Write SUBJECT.PROPERTY, such as web.ip.': 'web.ip처럼 대상.속성으로 적습니다.',
  'Write [%1].': '[%1] 형식으로 적습니다.',
  'Write a blank behind the colon: "%1: %2".': '콜론 뒤에 공백을 둡니다: "%1: %2".',
  'Write a constraint such as node.role==manager.': 'node.role==manager 같은 조건을 적습니다.',
  'Write a container port, such as 80 or 53/udp.': '80이나 53/udp 같은 컨테이너 포트를 적습니다.',
  'Write a docker-network block.': 'docker-network 블록을 적습니다.',
  'Write a free address of the subnet of docker0, or leave it out.':
    'docker0 서브넷의 비어 있는 주소를 적거나 지웁니다.',
  'Write a list: include: [other.yaml].': '목록으로 적습니다: include: [other.yaml].',
  'Write a name between the braces, or single quotes around the text.':
    '중괄호 사이에 이름을 적거나, 글을 작은따옴표로 감쌉니다.',
  'Write a name such as app.': 'app 같은 이름을 적습니다.',
  'Write a pool as --default-addr-pool 10.10.0.0/16, and a mask longer than its prefix.':
    '풀은 --default-addr-pool 10.10.0.0/16처럼 적고, 마스크는 풀의 프리픽스보다 길게 적습니다.',
  'Write a port such as 22 or 53/udp, with an address in front where it is bound to one: 127.0.0.1:5432.':
    '22나 53/udp 같은 포트를 적고, 주소에 묶인 포트라면 앞에 주소를 적습니다: 127.0.0.1:5432.',
  'Write a prefix length, such as 24.': '24 같은 프리픽스 길이를 적습니다.',
  'Write a reference such as {dn:%1.subnet}, %2': '{dn:%1.subnet} 같은 참조를 적거나, %2',
  'Write a reference such as {dn:web.ip}, %1': '{dn:web.ip} 같은 참조를 적거나, %1',
  'Write a size from %1 to %2, such as %3.': '%1부터 %2까지의 크기를 적습니다. 예: %3.',
  'Write a step from 0 to %1.': '0부터 %1까지의 단계를 적습니다.',
  'Write a subnet for docker0 beside it, such as fixed-cidr-v6: "fd00:1::/64", or leave ipv6 out.':
    'fixed-cidr-v6: "fd00:1::/64"처럼 docker0의 서브넷을 함께 적거나 ipv6를 지웁니다.',
  'Write a subnet that no interface and no other setting has, or leave it out.':
    '다른 인터페이스나 설정과 겹치지 않는 서브넷을 적거나 지웁니다.',
  'Write a text as key.': '키를 글로 적습니다.',
  'Write a value that has double quotes in single ones: title=\'the "shop"\'.':
    '큰따옴표가 든 값은 작은따옴표로 감쌉니다: title=\'the "shop"\'.',
  'Write a value that the driver takes, or leave the option out.':
    '드라이버가 받는 값을 적거나 옵션을 지웁니다.',
  'Write a whole number from %1 to %2.': '%1부터 %2까지의 정수를 적습니다.',
  'Write a whole number.': '정수를 적습니다.',
  'Write an IPv4 address such as 10.5.0.9, or IPv6 such as fd00::9.':
    '10.5.0.9 같은 IPv4 주소나 fd00::9 같은 IPv6 주소를 적습니다.',
  'Write an IPv6 address such as fd00::9.': 'fd00::9 같은 IPv6 주소를 적습니다.',
  'Write an address and a prefix length: 10.20.0.0/16.': '주소와 프리픽스 길이를 적습니다: 10.20.0.0/16.',
  'Write an address and a prefix length: 10.5.0.0/16.': '주소와 프리픽스 길이를 적습니다: 10.5.0.0/16.',
  'Write an address inside the subnet, or leave it out.': '서브넷 안의 주소를 적거나 지웁니다.',
  'Write an address of a host with its prefix length, such as bip: 10.200.0.1/24, or leave it out.':
    'bip: 10.200.0.1/24처럼 호스트 주소와 프리픽스 길이를 적거나 지웁니다.',
  'Write an address of the host, such as 127.0.0.1.': '127.0.0.1 같은 호스트의 주소를 적습니다.',
  'Write an address such as 192.168.1.1.': '192.168.1.1 같은 주소를 적습니다.',
  'Write an address such as 192.168.56.1, or 192.168.56.1/24.':
    '192.168.56.1이나 192.168.56.1/24 같은 주소를 적습니다.',
  'Write an address that the host has, or leave the address out to publish on all.':
    '호스트에 있는 주소를 적거나, 모든 주소에 게시하려면 주소를 지웁니다.',
  'Write an address without a prefix length.': '프리픽스 길이 없이 주소만 적습니다.',
  'Write an alias, such as <<: *base.': '<<: *base처럼 별칭을 적습니다.',
  'Write another com.docker.network.bridge.name, or leave the option out.':
    '다른 com.docker.network.bridge.name을 적거나 옵션을 지웁니다.',
  'Write another id.': '다른 id를 적습니다.',
  'Write bridge, host, none, service:NAME, container:NAME or the name of a network.':
    'bridge, host, none, service:이름, container:이름, 네트워크 이름 가운데 하나를 적습니다.',
  'Write %1 before it.': '그 앞에 %1 명령을 적습니다.',
  'Write each part without leading zeros.': '각 부분을 앞의 0 없이 적습니다.',
  'Write fewer aliases (*NAME).': '별칭(*이름)을 줄입니다.',
  'Write gw_priority: 1 under %1 of "%2".': '"%2"의 %1 아래에 gw_priority: 1을 적습니다.',
  'Write highlight="web -> db", with names of this model, or take another view.':
    '이 모델의 이름으로 highlight="web -> db"처럼 적거나, 다른 뷰를 씁니다.',
  'Write hostname.': 'hostname을 적습니다.',
  'Write id=%1.': 'id=%1 형식으로 적습니다.',
  'Write it as ipv%1_address.': 'ipv%1_address 키에 적습니다.',
  'Write it in a fence that begins with ```text docker-network.':
    '```text docker-network로 시작하는 펜스에 적습니다.',
  'Write it in the file that includes this one.': '이 파일을 불러오는 파일에 적습니다.',
  'Write it under "ports:"; "expose:" takes container ports only.':
    '"ports:" 아래에 적습니다. "expose:"에는 컨테이너 포트만 적습니다.',
  'Write it without the prefix length: %1.': '프리픽스 길이 없이 적습니다: %1.',
  'Write its address under hosts.': 'hosts 아래에 주소를 적습니다.',
  'Write its services and networks in the block itself.': '서비스와 네트워크를 블록 자체에 적습니다.',
  'Write label=KEY or label=KEY=VALUE.': 'label=키 또는 label=키=값으로 적습니다.',
  'Write local or swarm.': 'local이나 swarm을 적습니다.',
  'Write network_mode: "service:%1".': 'network_mode: "service:%1" 줄을 적습니다.',
  'Write no, always, unless-stopped or on-failure[:NUMBER].':
    'no, always, unless-stopped, on-failure[:횟수] 가운데 하나를 적습니다.',
  'Write one inside %1.': '%1 안의 것을 적습니다.',
  'Write one of %1.': '%1 가운데 하나를 적습니다.',
  'Write one of: %1.': '이 가운데 하나를 적습니다: %1.',
  'Write one such as %1.': '이런 것을 적습니다: %1.',
  'Write one text for each item, in quotes if it has ": " or brackets.':
    '항목마다 글을 하나씩 적고, ": "이나 괄호가 있으면 따옴표로 감쌉니다.',
  'Write out what it takes over.': '가져오는 내용을 직접 적습니다.',
  'Write pools with room for IPv4, such as default-address-pools: [{ base: 10.10.0.0/16, size: 24 }].':
    'default-address-pools: [{ base: 10.10.0.0/16, size: 24 }]처럼 IPv4 자리가 있는 풀을 적습니다.',
  'Write print=KIND:NAME; names: %1.': 'print=종류:이름으로 적습니다. 쓸 수 있는 이름: %1.',
  'Write since=%1.': 'since=%1 형식으로 적습니다.',
  'Write six bytes with an even first byte: 02:42:ac:11:00:02.':
    '첫 바이트가 짝수인 바이트 여섯 개를 적습니다: 02:42:ac:11:00:02.',
  'Write six bytes: 02:42:ac:11:00:02.': '바이트 여섯 개를 적습니다: 02:42:ac:11:00:02.',
  'Write step=%1, or a later last step.': 'step=%1 형식으로 적거나, 마지막 단계를 더 뒤로 적습니다.',
  'Write steps=%1..%2, and the others in a block of their own.':
    'steps=%1..%2 형식으로 적고, 나머지는 다른 블록에 적습니다.',
  'Write steps=%1..%2.': 'steps=%1..%2 형식으로 적습니다.',
  'Write steps=1..3.': 'steps=1..3처럼 적습니다.',
  'Write the address that swarm init advertised, with port 2377.':
    'swarm init이 알린 주소를 2377번 포트와 함께 적습니다.',
  'Write the interface under "interfaces:" of the host, or use one that is there.':
    '호스트의 "interfaces:"에 인터페이스를 적거나, 있는 것을 씁니다.',
  "Write the model's name in front: {dn:MODEL#%1}.": '앞에 모델 이름을 적습니다: {dn:모델#%1}.',
  'Write the name alone, or, for settings, a map: networks: { back: { ipv4_address: 10.5.0.9 } }.':
    '이름만 적거나, 설정이 있으면 맵으로 적습니다: networks: { back: { ipv4_address: 10.5.0.9 } }.',
  'Write the names out.': '이름을 직접 적습니다.',
  'Write the prefix length too: %1/%2.': '프리픽스 길이까지 적습니다: %1/%2.',
  'Write the subnet of this gateway beside it, as "subnet:".':
    '이 게이트웨이의 서브넷을 "subnet:"으로 함께 적습니다.',
  'Write the task so that its host can start it, or keep it from that host with a placement constraint.':
    '호스트에서 시작할 수 있게 태스크를 고치거나, 배치 조건으로 그 호스트를 피합니다.',
  'Write the value behind the colon, on the same line.': '같은 줄의 콜론 뒤에 값을 적습니다.',
  'Write the values out.': '값을 직접 적습니다.',
  'Write them where "%1" is created.': '"%1" 네트워크를 만드는 곳에 적습니다.',
  'Write them where a network is made from it.': '그것으로 네트워크를 만드는 곳에 적습니다.',
  'Write true or false.': 'true나 false를 적습니다.',
  'Write vip or dnsrr.': 'vip나 dnsrr을 적습니다.',
  'Write what it has: %1.': '실제 값을 적습니다: %1.',
  'Write what it says: %1.': '그 내용을 적습니다: %1.',
  'Write what it says: files: { %1: { services: { web: { image: nginx } } } }.':
    '그 내용을 적습니다: files: { %1: { services: { web: { image: nginx } } } }.',
  'Write what they have: %1.': '실제 값을 적습니다: %1.',
  'Write what they say together as one, under "files:".': '합친 내용을 "files:" 아래에 하나로 적습니다.',
  'Write x-docker-network: { swarm: true%1 }; or swarm: false for what "docker compose up" does.':
    'x-docker-network: { swarm: true%1 }을 적습니다. "docker compose up"으로 보려면 swarm: false를 적습니다.',
  'Write { %1: %2 }; further keys: %3.': '{ %1: %2 } 형식으로 적습니다. 그 밖의 키: %3.',
  'Write { base: 10.10.0.0/16, size: 24 }.': '{ base: 10.10.0.0/16, size: 24 }처럼 적습니다.',
  'Write { service: NAME }, or { file: base.yaml, service: NAME }.':
    '{ service: 이름 }이나 { file: base.yaml, service: 이름 }으로 적습니다.',
  'Write { subnet: %1 }.': '{ subnet: %1 }으로 적습니다.',
  'Write {dn:%1.ip}, %2': '{dn:%1.ip} 참조를 적거나, %2',
  'Write, for example, %1.': '이런 식으로 적습니다: %1.',
  'a %1 has no property "%2"': '%1에는 "%2" 속성이 없습니다',
  'a bridge that Docker did not make, or none, is not known here':
    'Docker가 만들지 않은 브리지, 또는 브리지가 없는 경우는 여기서 알 수 없습니다',
  'a double quote ends a value in double quotes': '큰따옴표로 감싼 값은 큰따옴표에서 끝납니다',
  'a list': '목록',
  'a list or a map': '목록이나 맵',
  'a map': '맵',
  'a single value': '값 하나',
  'a text': '글',
  'a value is written SUBJECT.PROPERTY': '값은 대상.속성으로 적습니다',
  'aliases, links and dependencies': '별칭, 링크, 의존 관계',
  'an id is one word; got "%1"': 'id는 한 단어인데 "%1" 값이 적혀 있습니다',
  'asked for here': '요청한 곳은 여기입니다',
  'cannot extend service "%1": service "%2" not found in %3':
    '"%1" 서비스를 extends 할 수 없습니다. %3에 "%2" 서비스가 없습니다',
  'compose calls the project "%1", not "%2"': 'Compose가 쓰는 프로젝트 이름은 "%2" 대신 "%1"입니다',
  container: '컨테이너',
  'container "%1" has no default route': '컨테이너 "%1"에 기본 경로가 없습니다',
  'container "%1" has no image': '컨테이너 "%1"에 이미지가 없습니다',
  'container "%1" is not on network "%2"': '"%1" 컨테이너는 네트워크 "%2"에 없습니다',
  'container "%1" is not running (%2), so it has no address':
    '"%1" 컨테이너는 실행 중이 아니라서(%2) 주소가 없습니다',
  'container "%1" is on no network': '"%1" 컨테이너가 연결된 네트워크가 없습니다',
  'container "%1" is on several networks': '"%1" 컨테이너가 연결된 네트워크가 여럿입니다',
  'container "%1" publishes no port': '"%1" 컨테이너가 게시하는 포트가 없습니다',
  containers: '컨테이너',
  'daemon of host "%1"': '호스트 "%1"의 daemon',
  'depends_on, or fixed addresses (ipv4_address, --ip), so that no other order is left':
    '다른 순서가 남지 않도록 depends_on이나 고정 주소(ipv4_address, --ip)를 적습니다',
  'deploy.replicas: 1 (the tasks of a service get theirs in any order)':
    'deploy.replicas: 1을 적습니다(한 서비스의 태스크는 아무 순서로나 주소를 받습니다)',
  'deploy.replicas: 1 instead of mode: global (nodes are gone through in any order)':
    'mode: global 대신 deploy.replicas: 1을 적습니다(노드를 아무 순서로나 훑습니다)',
  'docker service create under commands:, one service after the other':
    'commands: 아래에 docker service create를 서비스마다 차례로 적습니다',
  endpoint: '엔드포인트',
  endpoints: '엔드포인트',
  'fails for that reason': '같은 이유로 실패합니다',
  'files include each other in a ring: %1': '파일이 서로를 include 합니다: %1',
  'first published': '처음 게시한 곳입니다',
  'first written': '처음 적은 곳입니다',
  'fixed addresses (--ip, ipv4_address): after a restart the engine starts its containers in any order':
    '고정 주소(--ip, ipv4_address)를 적습니다. 엔진은 다시 시작한 뒤 컨테이너를 아무 순서로나 시작합니다',
  'from %1 to %2': '%1부터 %2까지',
  'further looks at its tasks and interfaces': '태스크와 인터페이스를 다시 살피는 횟수',
  'give the containers started together addresses of their own (ipv4_address)':
    '함께 시작하는 컨테이너에 주소를 직접 적습니다(ipv4_address)',
  'hint: %1': '도움말: %1',
  host: '호스트',
  'host "%1" has no address': '호스트 "%1"에 주소가 없습니다',
  'host "%1" is in no swarm': '"%1" 호스트는 Swarm에 속해 있지 않습니다',
  'host-gateway is taken for the address of docker0': 'host-gateway는 docker0의 주소로 봅니다',
  'id "%1" is there already': '"%1" id는 이미 있습니다',
  'invalid project name "%1" in the variable COMPOSE_PROJECT_NAME':
    '변수 COMPOSE_PROJECT_NAME의 "%1" 같은 프로젝트 이름은 쓸 수 없습니다',
  'invalid project name "%1": lower case letters, digits, "_" and "-", the first a letter or digit':
    '"%1" 같은 프로젝트 이름은 쓸 수 없습니다. 영문 소문자, 숫자, "_", "-"를 쓰고, 첫 글자는 영문자나 숫자입니다',
  "invalid restart policy: unknown policy '%1'": "알 수 없는 재시작 정책입니다: '%1'",
  'ipv4_address for each: compose restart restarts its containers all at once, in any order':
    '각각 ipv4_address를 적습니다. compose restart는 컨테이너를 한꺼번에 아무 순서로나 다시 시작합니다',
  'made elsewhere too': '이것도 다른 곳에서 만들어집니다',
  'marks of packets are not known here': '패킷의 마크는 여기서 알 수 없습니다',
  'model "%1" is there already': '"%1" 모델은 이미 있습니다',
  network: '네트워크',
  'network "%1" (%2) has no address left': '네트워크 "%1" (%2)에 남은 주소가 없습니다',
  'network "%1" has no IPv6 gateway': '네트워크 "%1"에 IPv6 게이트웨이가 없습니다',
  'network "%1" has no IPv6 subnet': '네트워크 "%1"에 IPv6 서브넷이 없습니다',
  'network "%1" has no VNI: its driver is %2': '네트워크 "%1"에 VNI가 없습니다. 드라이버가 %2입니다',
  'network "%1" has no gateway': '네트워크 "%1"에 게이트웨이가 없습니다',
  'network "%1" has no ip_range': '네트워크 "%1"에 ip_range가 없습니다',
  'network "%1" has no parent interface': '네트워크 "%1"에 상위 인터페이스가 없습니다',
  'network "%1" has no subnet': '네트워크 "%1"에 서브넷이 없습니다',
  'network "%1" is an overlay': '네트워크 "%1"의 드라이버가 overlay입니다',
  'network "%1" is not on one host alone': '"%1" 네트워크가 있는 호스트가 하나가 아닙니다',
  'network "%1" is written here': '네트워크 "%1"의 정의는 여기에 있습니다',
  networks: '네트워크',
  'no files are read here': '여기서는 파일을 읽지 않습니다',
  'no node has %1': '조건에 맞는 노드가 없습니다: %1',
  'no port from 30000 to 32767 is left for it': '30000번부터 32767번까지 남은 포트가 없습니다',
  none: '없음',
  'note: %1 at %2': '참고: %1 (%2)',
  'nothing is called "%1" in steps %2 to %3': '%2단계부터 %3단계까지 "%1"이라는 이름이 없습니다',
  'nothing is called "%1"': '"%1"이라는 이름이 없습니다',
  'nothing is fetched from other machines': '다른 서버에서 아무것도 가져오지 않습니다',
  'one subnet only (Docker takes an address of any of them)':
    '서브넷을 하나만 적습니다(Docker는 그중 아무 서브넷에서나 주소를 고릅니다)',
  'or put <!-- dn-ignore --> on the line.': '그 줄에 <!-- dn-ignore -->를 적습니다.',
  'port %1 in host mode is taken on every node that fits':
    'host 모드의 포트 %1번이 조건에 맞는 모든 노드에서 쓰이고 있습니다',
  'published ports': '게시한 포트',
  'replicas of service "%1" share a published port': '서비스 "%1"의 복제본이 게시한 포트 하나를 함께 씁니다',
  'required variable %1 is missing a value': '꼭 필요한 변수 %1의 값이 없습니다',
  'rules of nftables are not known here': 'nftables의 규칙은 여기서 알 수 없습니다',
  service: '서비스',
  'service "%1" has deploy.mode %2': '서비스 "%1"의 deploy.mode가 %2입니다',
  'service "%1" has deploy.placement': '서비스 "%1"에 deploy.placement가 있습니다',
  'service "%1" has no VIP on "%2"': '서비스 "%1"에는 "%2" 네트워크의 VIP가 없습니다',
  'service "%1" has no VIP: its endpoint mode is %2':
    '서비스 "%1"에 VIP가 없습니다. endpoint mode가 %2입니다',
  'service "%1" has no image': '서비스 "%1"에 이미지가 없습니다',
  'service "%1" has several VIPs': '서비스 "%1"의 VIP가 여럿입니다',
  'service "%1" publishes no port': '"%1" 서비스가 게시하는 포트가 없습니다',
  'services extend each other in a ring: "%1" extends itself through others':
    '서비스가 서로를 extends 합니다. "%1" 서비스가 다른 서비스를 거쳐 자신을 가리킵니다',
  'services of one replica, created one after the other (tasks of a node start in any order)':
    '복제본이 하나인 서비스를 차례로 만듭니다(한 노드의 태스크는 아무 순서로나 시작합니다)',
  'set aside as auxiliary address "%1"': '보조 주소 "%1" 이름으로 빼 둔 주소',
  'since=%1 is not before step %2, which is drawn': 'since=%1 값이 그리는 단계인 %2보다 앞이 아닙니다',
  'step %1 did not fail': '%1단계는 실패하지 않았습니다',
  'steps must be the first and the last step with two dots between; got "%1"':
    'steps는 첫 단계와 마지막 단계를 점 두 개로 이은 값인데 "%1" 값이 적혀 있습니다',
  'steps=%1 are %2 figures; at most %3 stand in one place':
    'steps=%1 그림이 %2개입니다. 한자리에는 최대 %3개까지 둡니다',
  'steps=%1 has no second step': 'steps=%1에 두 번째 단계가 없습니다',
  'taken by "%1"': '"%1" 쪽이 쓰고 있는 주소',
  'taken by network "%1"': '"%1" 네트워크가 쓰고 있는 주소',
  'task %1 cannot start on %2: %3': '%1 태스크를 %2 호스트에서 시작할 수 없습니다: %3',
  'the MAC address of "%1" is random': '"%1"의 MAC 주소는 무작위입니다',
  'the MAC address of "%1" is random, a new one at every start':
    '"%1"의 MAC 주소는 무작위이고, 시작할 때마다 바뀝니다',
  'the address of "%1"': '"%1"의 주소',
  'the block uses a model and has one of its own in the body':
    '블록이 다른 모델을 쓰면서 본문에 자기 모델도 있습니다',
  'the broadcast address': '브로드캐스트 주소',
  'the command line': '명령줄',
  'the container': '컨테이너',
  'the daemon does not start: %1': '데몬이 시작되지 않습니다: %1',
  'the device of network "%1" has a random name': '네트워크 "%1"의 장치 이름은 무작위입니다',
  'the figure is arranged by what it shows; "right" turns its Mermaid text only':
    '그림은 내용에 맞게 배치되고, "right"는 Mermaid 코드의 방향만 바꿉니다',
  'the file': '파일',
  'the final number of replicas from the start (which tasks stay is open)':
    '처음부터 마지막 복제본 수로 만듭니다(어느 태스크가 남을지는 정해져 있지 않습니다)',
  'the gateway': '게이트웨이',
  'the gateway of network "%1"': '네트워크 "%1"의 게이트웨이',
  'the host name of "%1" is its random id': '"%1"의 호스트 이름은 무작위 ID입니다',
  'the model has %1 steps': '모델의 단계는 %1개입니다',
  'the model has no "%1"': '모델에 "%1"이라는 이름이 없습니다',
  'the models': '모델',
  'the network address': '네트워크 주소',
  'the network of host "%1"': '호스트 "%1"의 네트워크',
  'the overlay "%1" gets no subnet: it overlaps the network "%2"':
    '"%1" overlay 네트워크가 서브넷을 받지 못합니다. 네트워크 "%2"의 대역과 겹칩니다',
  'the overlay "%1" gets no subnet: its managers cannot give it what it asks for':
    '"%1" overlay 네트워크가 서브넷을 받지 못합니다. 매니저가 요청대로 줄 수 없습니다',
  'the subnet': '서브넷',
  'the underlay': '물리 네트워크',
  'the value of %1 begins with a quote that does not end': '%1의 값이 닫히지 않은 따옴표로 시작합니다',
  "the view sequence shows a packet's way, and none is written":
    'sequence 뷰는 패킷의 경로를 그리는데 경로가 없습니다',
  'there is no host "%1"': '"%1" 호스트가 없습니다',
  'there is no model "%1" in this post': '이 글에 "%1" 모델이 없습니다',
  'warning: %1': '경고: %1',
  'ways to containers that are published nowhere are not known here':
    '게시하지 않은 컨테이너로 가는 경로는 여기서 알 수 없습니다',
  'what is forwarded then depends on the host': '그러면 무엇을 전달할지가 호스트에 달려 있습니다',
  'without the rules of Docker, what is reached depends on those of the host':
    'Docker의 규칙이 없으면 어디에 닿을지가 호스트의 규칙에 달려 있습니다',
  'written first': '먼저 적은 곳입니다',
  'icons has "%1", and no container or service is called so':
    'icons에 적은 "%1"이라는 컨테이너나 서비스가 없습니다',
  'Write the name of a container or a service: %1.': '컨테이너나 서비스의 이름을 적으세요: %1.',
  '%1%2 has no effect in the view %3': '%3 뷰에서 쓰이지 않습니다: %1%2',
  'Its hops stand in words below the figure. Take view=sequence to see them.':
    '경로는 그림 아래에 글로 나옵니다. 그림으로 보려면 view=sequence를 쓰세요.',
  'A sequence has what its packet passes, and nothing else.': '시퀀스에는 패킷이 지나는 것만 나옵니다.',
  'Write print=changes in a block of its own, or take another view.':
    'print=changes를 다른 블록에 적거나 다른 뷰를 고르세요.',
  'Leave it out, or take another view.': '지우거나 다른 뷰를 고르세요.',
  '%1= has no effect beside print=, which shows a text': 'print=는 글을 보여 주므로 %1=가 쓰이지 않습니다',
  '%1= has no effect in a hidden block': '숨긴 블록에서는 %1=가 쓰이지 않습니다',
  'Leave %1= out, or write it in the block that shows the model.':
    '%1=를 지우거나, 모델을 보여 주는 블록에 적으세요.',
  'Leave %1= out, or write it in a block without print=.': '%1=를 지우거나, print=가 없는 블록에 적으세요.',
  'Leave %1= out.': '%1=를 지우세요.',
  '%1= belongs to print=, and there is none': '%1=는 print=와 함께 쓰는데 print=가 없습니다',
  '%1= has no effect on print=%2': 'print=%2에서는 %1=가 쓰이지 않습니다',
}
