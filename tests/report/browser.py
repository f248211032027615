"""Debian's Chromium without a window, driven over a pipe: no port, no package beside it."""
import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

CHROMIUM = '/usr/bin/chromium'
FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-pipe']


class Browser:
    """One page. `said`: what its console said, errors and exceptions; `asked`: the addresses it asked for."""

    def __init__(self, width=1280, height=900):
        self.home = tempfile.mkdtemp()
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        self.said, self.asked, self.events, self.rest, self.number = [], [], [], b'', 0

        def place_pipe():  # the browser reads at 3 and writes at 4
            os.dup2(to_browser, 103)
            os.dup2(from_browser, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen([CHROMIUM, *FLAGS, f'--user-data-dir={self.home}', f'--window-size={width},{height}'],
                                        preexec_fn=place_pipe, close_fds=False, start_new_session=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.session = None
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.call(domain + '.enable')
        self.size(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        for _ in range(20):  # children may still be writing
            shutil.rmtree(self.home, ignore_errors=True)
            if not os.path.exists(self.home):
                break
            time.sleep(.1)

    def receive(self, deadline):
        while b'\0' not in self.rest:
            ready, _, _ = select.select([self.read_end], [], [], max(0, deadline - time.monotonic()))
            got = os.read(self.read_end, 1 << 20) if ready else b''
            if not got:
                raise TimeoutError('the browser does not answer')
            self.rest += got
        message, self.rest = self.rest.split(b'\0', 1)
        message = json.loads(message)
        method, params = message.get('method'), message.get('params', {})
        if method == 'Runtime.exceptionThrown':
            self.said.append(json.dumps(params['exceptionDetails'])[:600])
        elif method == 'Runtime.consoleAPICalled':
            self.said.append(json.dumps(params['args'])[:600])
        elif method == 'Log.entryAdded':
            self.said.append(params['entry']['text'])
        elif method == 'Network.requestWillBeSent':
            self.asked.append(params['request']['url'])
        elif method == 'Page.javascriptDialogOpening':
            self.said.append('dialog: ' + params['message'])
        if method:
            self.events.append(method)
        return message

    def call(self, method, **params):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': params}
        if self.session:
            message['sessionId'] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b'\0')
        deadline = time.monotonic() + 60
        while True:
            answer = self.receive(deadline)
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]["message"]}')
                return answer['result']

    def size(self, width, height):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, scheme='light', kind=''):
        self.call('Emulation.setEmulatedMedia', media=kind, features=[{'name': 'prefers-color-scheme', 'value': scheme}])

    def open(self, path):
        """Opens a file and waits for it; returns the seconds that took."""
        self.events.clear()
        began = time.monotonic()
        self.call('Page.navigate', url='file://' + os.path.abspath(path))
        while 'Page.loadEventFired' not in self.events:
            self.receive(began + 60)
        self.js('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
        return time.monotonic() - began

    def js(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(f'{expression}: {result["exceptionDetails"].get("exception", {}).get("description")}')
        return result['result'].get('value')

    def key(self, key, text=None):
        for kind in ('keyDown', 'keyUp'):
            params = {'type': kind, 'key': key, 'code': key,
                      'windowsVirtualKeyCode': {'Tab': 9, 'Enter': 13, 'ArrowLeft': 37, 'ArrowUp': 38, 'ArrowRight': 39, 'ArrowDown': 40,
                                                'End': 35, 'Home': 36, 'Escape': 27, ' ': 32}.get(key, ord(key[0]))}
            if text and kind == 'keyDown':
                params['text'] = text
            self.call('Input.dispatchKeyEvent', **params)

    def screenshot(self, path, whole=False):
        with open(path, 'wb') as to:
            to.write(base64.b64decode(self.call('Page.captureScreenshot', format='png', captureBeyondViewport=whole)['data']))

    def pdf(self, path):
        with open(path, 'wb') as to:
            to.write(base64.b64decode(self.call('Page.printToPDF', printBackground=False, preferCSSPageSize=True)['data']))
