// A real Wechaty gateway (PuppetServer of npm wechaty-puppet-service) whose WeChat is wechaty-puppet-mock.
//
// Started by the tests with three settings in the environment: GATEWAY_PORT (gRPC), CONTROL_PORT (HTTP on loopback) and
// GATEWAY_STORE (a file that keeps messages over a kill, as a real gateway's database does). A test makes people speak
// and reads what the bot sent through the control port: POST /name with a JSON body, see `commands` below.

import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import http from 'node:http'
import { PuppetMock, mock } from 'wechaty-puppet-mock'
import { PuppetServer } from 'wechaty-puppet-service'

const { GATEWAY_PORT, CONTROL_PORT, GATEWAY_STORE, GATEWAY_TOKEN = 'token', GATEWAY_TLS } = process.env
const TEXT = 7

const options = { sendDelay: 0, sendError: '', sendSilent: false, sendReturnsId: false, payloadFailures: 0, payloadDelay: 0 }
const sent = []
const accepted = []
const invitations = {}
const aliases = { zhang: '3-1-502 张桂芳', li: '3-2-101 李建国' }

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

class Puppet extends PuppetMock {
  async messageSendText (conversation, text, mentions) {
    if (options.sendError) throw new Error(options.sendError)
    const id = `out-${process.pid}-${sent.length}`
    sent.push({ id, conversation, text, mentions: mentions ?? [] })
    const room = conversation.includes('@') ? conversation : undefined
    if (!options.sendSilent) deliver({ id, talkerId: 'bot', roomId: room, listenerId: room ? undefined : conversation, text })
    if (options.sendDelay) await pause(options.sendDelay)
    return options.sendReturnsId ? id : undefined
  }

  async messageRawPayload (id) {
    if (options.payloadDelay) await pause(options.payloadDelay)
    if (options.payloadFailures > 0) {
      options.payloadFailures -= 1
      throw new Error('mock: payload not ready')
    }
    return super.messageRawPayload(id)
  }

  async roomMemberRawPayload (room, contact) {
    return { ...await super.roomMemberRawPayload(room, contact), roomAlias: aliases[`${room} ${contact}`] ?? aliases[contact] ?? '' }
  }

  async roomInvitationRawPayload (id) {
    return { id, inviterId: invitations[id], topic: '新的群', memberCount: 3, memberIdList: [], timestamp: 0, receiverId: 'bot' }
  }

  async roomInvitationAccept (id) {
    accepted.push(id)
  }
}

const mocker = new mock.Mocker()
const puppet = new Puppet({ mocker })
const person = (id, name) => mocker.createContact({ id, name, friend: id !== 'li', alias: '' })
const contacts = { bot: person('bot', '网格小助手'), zhang: person('zhang', '晴天'), li: person('li', '建国') }
const room = mocker.createRoom({ id: 'building3@chatroom', topic: '幸福小区3号楼', memberIdList: Object.keys(contacts), ownerId: 'bot' })

function remember (payload) {
  mocker.cacheMessagePayload.set(payload.id, payload)
}

function deliver (fields, { keep = true, emit = true } = {}) {
  const payload = { type: TEXT, timestamp: Date.now(), mentionIdList: [], ...fields }
  remember(payload)
  if (keep && GATEWAY_STORE) appendFileSync(GATEWAY_STORE, JSON.stringify(payload) + '\n')
  if (emit) puppet.emit('message', { messageId: payload.id })
  return payload.id
}

if (GATEWAY_STORE && existsSync(GATEWAY_STORE)) {
  readFileSync(GATEWAY_STORE, 'utf8').split('\n').filter(Boolean).forEach(line => remember(JSON.parse(line)))
}

mocker.use(environment => {
  const timer = setTimeout(() => { if (!puppet.isLoggedIn) environment.login(contacts.bot) }, 50)
  return () => clearTimeout(timer)
})

const server = new PuppetServer({
  endpoint: `127.0.0.1:${GATEWAY_PORT}`,
  puppet,
  token: GATEWAY_TOKEN,
  tls: { disable: GATEWAY_TLS !== '1' },
})

let count = 0
const commands = {
  state: () => ({ loggedIn: puppet.isLoggedIn, sent, accepted }),
  options: body => Object.assign(options, body),
  meet: ({ people, rooms }) => {
    people.forEach(({ id, name }) => person(id, name))
    rooms.forEach(({ id, topic, members }) => {
      mocker.createRoom({ id, topic, memberIdList: ['bot', ...Object.keys(members)], ownerId: 'bot' })
      Object.entries(members).forEach(([member, alias]) => { aliases[`${id} ${member}`] = alias })
    })
  },
  say: ({ from, text, type = TEXT, id, at, to = room.id, direct = false, emit = true, mentions = [] }) => ({
    id: deliver({
      id: id ?? `in-${process.pid}-${count++}`,
      talkerId: from,
      text,
      type,
      timestamp: at ?? Date.now(),
      roomId: direct ? undefined : to,
      listenerId: direct ? 'bot' : undefined,
      mentionIdList: mentions,
    }, { emit }),
  }),
  repeat: ({ id }) => { puppet.emit('message', { messageId: id }) },
  rename: ({ topic }) => { mocker.roomPayload(room.id, { ...mocker.roomPayload(room.id), topic }) },
  alias: ({ contact, alias }) => { aliases[contact] = alias },
  dirty: async ({ type, id }) => { await puppet.dirtyPayload(type, id) },
  scan: ({ code }) => { mocker.scan(code) },
  login: () => { if (!puppet.isLoggedIn) mocker.login(contacts.bot) },
  logout: async () => { await puppet.logout('signed out on the phone') },
  invite: ({ id, from }) => { invitations[id] = from; puppet.emit('room-invite', { roomInvitationId: id }) },
  broken: ({ name, payload }) => { puppet.emit(name, payload) },
  end: async () => { setTimeout(() => process.exit(0), 50); await server.stop() },
}

http.createServer((request, response) => {
  let text = ''
  request.on('data', piece => { text += piece })
  request.on('end', async () => {
    try {
      const answer = await commands[request.url.slice(1)](text ? JSON.parse(text) : {})
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
}).listen(Number(CONTROL_PORT), '127.0.0.1')

await server.start()
console.log('gateway listening')
