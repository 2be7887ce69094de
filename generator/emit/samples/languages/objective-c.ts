import { replaced } from '../correct/correction.js';
import { inC } from '../correct/escape.js';
import { objectiveProgram } from '../correct/program.js';
import { libraryLanguage } from '../library.js';

export const OBJECTIVE_C = libraryLanguage({
  key: 'objc',
  label: 'Objective-C',
  syntax: 'objc',
  target: ['objc', 'nsurlsession'],
  literals: {
    escape: inC,
    join: (parts) => {
      const format = parts.map((part) => ('text' in part ? part.text.replaceAll('%', '%%') : '%@')).join('');
      const values = parts.flatMap((part) => ('text' in part ? [] : [part.expression]));
      return values.length > 0 ? `[NSString stringWithFormat:@"${format}", ${values.join(', ')}]` : `@"${format}"`;
    },
    encode: (name) =>
      `[${name} stringByAddingPercentEncodingWithAllowedCharacters:[NSCharacterSet alphanumericCharacterSet]]`,
    special: { null: '[NSNull null]' },
  },
  corrections: [
    // The body may be a list, and is null in a request whose parameters are only a text.
    replaced('NSDictionary *parameters = @[', 'NSArray *parameters = @[', 'if-there'),
    // The program would end before the answer comes.
    replaced(
      'NSURLSession *session =',
      'dispatch_semaphore_t answered = dispatch_semaphore_create(0);\nNSURLSession *session =',
    ),
    (code) => code.replace(/\n +cachePolicy:.*\n.*timeoutInterval:10.0\]/, ']'),
    (code) => code.replaceAll(/^ {44}/gm, '').replace(/\n *completionHandler:/, ' completionHandler:'),
    replaced(
      `        NSLog(@"%@", httpResponse);
    }`,
      `        NSString *text = [[NSString alloc] initWithData:data encoding:NSUTF8StringEncoding];
        NSLog(@"%ld %@", (long)httpResponse.statusCode, text);
    }
    dispatch_semaphore_signal(answered);`,
    ),
    replaced('[dataTask resume];', '[dataTask resume];\ndispatch_semaphore_wait(answered, DISPATCH_TIME_FOREVER);'),
    objectiveProgram,
  ],
});
